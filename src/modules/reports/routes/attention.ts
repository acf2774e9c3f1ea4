import { z } from 'zod';
import { asMessage, reasonParams, renderFor } from '../../../platform/http/messages.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { type ConnectionRow, guideFor, statusInLabels, withSettingLabels } from '../../connections/index.ts';
import { brandServerStates, type InvitationsContext, usualServerState } from '../../invitations/index.ts';
import { attentionCodes, type ServerTrouble } from '../attention.ts';
import { attention } from '../read-attention.ts';

export const attentionItem = z
  .strictObject({
    code: z.enum(attentionCodes),
    params: reasonParams.describe(
      'Parameters of the code, such as “connection”, “brand”, “survey”, “count”, “since” or “why”.',
    ),
    message: z.string().describe('What is wrong and what to do, in the caller’s language.'),
    where: z
      .strictObject({
        kind: z.enum(['connection', 'survey', 'delivery', 'brand', 'contacts', 'settings']),
        id: z
          .string()
          .nullable()
          .describe('ID of the connection, or key of the survey or brand. Null if it concerns all of them.'),
      })
      .describe('Where to fix it.'),
  })
  .meta({ id: 'Attention' });

/** `GET /api/attention`: what needs a person. @param publicUrlMissing whether nobody said how others reach us */
export function attentionRoutes(context: InvitationsContext, publicUrlMissing: boolean): readonly Route[] {
  const { database, connections, offers, sources } = context;

  /** The usual one; brands may have their own. */
  async function emailServer() {
    if (!context.email) return 'none' as const;
    return troubleIn(await usualServerState(context)) ?? ('works' as const);
  }

  async function brandServers(workspaceId: string) {
    const states = await brandServerStates(context, workspaceId);
    return states.flatMap(({ brand: { key, content }, state }) => {
      const trouble = troubleIn(state);
      return trouble ? [{ key, name: content.name, trouble }] : [];
    });
  }

  const titleOf = (name: string) =>
    [...offers, ...sources].find(({ connector }) => connector.name === name)?.connector.title ?? name;

  return [
    route({
      method: 'get',
      path: '/attention',
      about: 'Workspace',
      summary: 'Lists what needs attention, most urgent first.',
      scope: 'read',
      answer: z.strictObject({ items: z.array(attentionItem), next: z.null() }),
      respond: async (sent) => {
        const { workspaceId } = sent.caller;
        const say = await renderFor(context, sent);
        const isOpen = (id: string) => connections.find(id) !== undefined;
        const statusOf = (row: ConnectionRow) => statusInLabels(offers, row);
        const findingsOf = (row: ConnectionRow) =>
          row.findings.map((finding) => withSettingLabels(finding, guideFor(offers, row)));
        const running = {
          emailServer: await emailServer(),
          brandServers: await brandServers(workspaceId),
          publicUrlMissing,
          workerMissing: !context.isWorkedOn(),
          isOpen,
          titleOf,
          statusOf,
          findingsOf,
        };
        const items = await attention(database.db, workspaceId, running);
        return {
          items: items.map(({ where, ...said }) => ({ ...asMessage('attention', said, say), code: said.code, where })),
          next: null,
        };
      },
    }),
  ];
}

function troubleIn(state: Awaited<ReturnType<typeof usualServerState>>): ServerTrouble | undefined {
  const { trouble, throttled }: Partial<NonNullable<typeof state>> = state ?? {};
  if (trouble?.kind === 'refused') return { refused: trouble.why, since: trouble.since };
  if (throttled) return { throttledSince: throttled.since };
  if (trouble?.kind === 'throttled') return { throttledSince: trouble.since };
  return trouble && { downSince: trouble.since };
}
