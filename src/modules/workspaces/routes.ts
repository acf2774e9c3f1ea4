import { z } from 'zod';
import { normalizeEmail } from '../../model/contact.ts';
import { durationBetween } from '../../model/duration.ts';
import { emailAddress } from '../../model/email-address.ts';
import { fieldIssue } from '../../model/field-problems.ts';
import { textsIn } from '../../model/languages.ts';
import { machineAddress } from '../../model/machine.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { timeZone, withoutUndefined } from '../../platform/http/shapes.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import { changeWorkspace } from './change-workspace.ts';
import type { WorkspacesContext } from './context.ts';

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .refine((text) => normalizeEmail(`a@${text}`) === `a@${text}`, fieldIssue('field.domain'));

export const settings = z.strictObject({
  name: z.string().trim().min(1).max(120).nullable(),
  language: z.string().describe('Default language of the console and of field labels.'),
  timeZone: timeZone.describe(
    'Time zone for days in lists, exports, reports and date fields, and for contacts whose own is unknown. After a change, all records are written again.',
  ),
  ownAddresses: z.array(emailAddress).max(1000).describe('The company’s own email addresses. They are never asked.'),
  machineAddresses: z
    .array(machineAddress)
    .max(1000)
    .describe('Automated addresses, domains and local parts such as "alerts@". They are never asked.'),
  ownDomains: z.array(domain).max(1000).describe('The company’s own email domains. Their addresses are never asked.'),
  retention: durationBetween('P1D', 'P36500D')
    .nullable()
    .describe('How long to keep surveys and responses. Null keeps them forever.'),
});

export const workspaceAnswer = settings.extend({
  // As they were read: an answer is described without what reading makes of it.
  machineAddresses: z.array(z.string()).describe('Additional automated addresses. They are never asked.'),
  requireTwoFactor: z
    .boolean()
    .describe('Whether owners and admins need two-factor authentication to change anything.'),
});

const about = 'Workspace';

/** `GET` and `PATCH /api/workspace`: what holds for everything in it. */
export function workspaceRoutes(context: WorkspacesContext): readonly Route[] {
  const { database } = context;

  async function read(workspaceId: string): Promise<z.output<typeof workspaceAnswer>> {
    const found = await findWorkspace(database.db, workspaceId);
    if (!found) throw new Error('a caller without a workspace');
    const { name, language, timeZone, ownAddresses, ownDomains, machineAddresses, retention } = found;
    const { requireTwoFactor } = found;
    return { name, language, timeZone, ownAddresses, ownDomains, machineAddresses, retention, requireTwoFactor };
  }

  return [
    route({
      method: 'get',
      path: '/workspace',
      about,
      summary: 'Gets the settings of the workspace.',
      scope: 'read',
      answer: workspaceAnswer,
      respond: ({ caller }) => read(caller.workspaceId),
    }),
    route({
      method: 'patch',
      path: '/workspace',
      about,
      summary: 'Updates the settings of the workspace.',
      scope: 'admin',
      body: settings.partial(),
      answer: workspaceAnswer,
      does: 'workspace.change',
      respond: async ({ caller: { workspaceId }, body: { ownAddresses, ...changes } }) => {
        if (changes.language !== undefined) textsIn(context, changes.language);
        const normalized = ownAddresses?.flatMap((address) => normalizeEmail(address) ?? []);
        await changeWorkspace(context, workspaceId, withoutUndefined({ ...changes, ownAddresses: normalized }));
        return read(workspaceId);
      },
    }),
  ];
}
