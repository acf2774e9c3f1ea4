import type { Metric } from '../../model/scale.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { listContacts } from '../contacts/index.ts';
import { listResponses, type ResponseFilter } from '../responses/index.ts';
import type { Report } from './report.ts';

const limit = 5;

/** The newest comments of those that count. */
export async function latestComments(
  db: Queryable,
  workspaceId: string,
  requested: Pick<ResponseFilter, 'survey' | 'connection' | 'from' | 'until'> & { metric?: Metric },
): Promise<Report['comments']> {
  const filter = { ...requested, hasComment: true, status: 'confirmed', test: false } as const;
  const { items } = await listResponses(db, workspaceId, filter, { limit });
  return items.map(({ id, contact, name, survey, metric, scale, rating, category, comment, answeredAt }) => ({
    ...{ id, contact, name, survey, metric, scale, rating, category },
    comment: comment ?? '',
    answeredAt: answeredAt.toISOString(),
  }));
}

/** Contacts who carry a flag, by their latest answer. */
export async function flaggedContacts(
  db: Queryable,
  workspaceId: string,
  flag: 'atRisk' | 'advocate',
): Promise<Report['atRisk']> {
  const sort = [{ by: 'date', descending: true }];
  const { items, total } = await listContacts(db, workspaceId, { [flag]: true }, { limit, sort, count: true });
  return {
    count: total?.count ?? 0,
    newest: items.map(({ id, name, crmFields }) => ({
      id,
      name,
      reason: textOf(crmFields?.feedback_flag_reason),
      date: textOf(crmFields?.nps_latest_date),
    })),
  };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
