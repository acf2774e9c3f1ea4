import { z } from 'zod';
import type { PlatformContext } from '../../../platform/context.ts';
import { timeFilter } from '../../../platform/http/filters.ts';
import { routesOfList } from '../../../platform/http/list.ts';
import type { Route } from '../../../platform/http/route.ts';
import { text, utcTimestamp } from '../../../platform/http/shapes.ts';
import { auditOrders, listAudit } from '../queries/list-audit.ts';

export const auditItem = z
  .strictObject({
    id: z.string(),
    at: utcTimestamp,
    actor: z.string(),
    actorName: z.string().nullable(),
    action: z.string(),
    subject: z.string(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });

/** `GET /api/audit`, also as files. */
export function auditListRoutes(context: PlatformContext): readonly Route[] {
  return routesOfList(context, {
    path: '/audit',
    about: 'Access',
    summary: 'Lists the audit log.',
    scope: 'admin',
    orders: auditOrders,
    filter: {
      actor: text(100).optional().describe('ID of a user or an API key, or "environment".'),
      action: text(60).optional(),
      subject: text(100).optional(),
      ...timeFilter,
    },
    item: auditItem,
    find: listAudit,
  });
}
