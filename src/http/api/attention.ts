import { z } from 'zod';
import { attentionCodes, type ServerTrouble } from '../../domain/attention.ts';
import { brandServerStates, usualServerState } from '../../flows/asking/email-server.ts';
import { statusInLabels } from '../../flows/connecting/keys.ts';
import type { Context } from '../../flows/context.ts';
import type { Render } from '../../messages/render.ts';
import { attention } from '../../reports/attention.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import { renderFor } from './messages.ts';
import { type Route, route } from './route.ts';

export const attentionItem = z
  .strictObject({
    code: z.enum(attentionCodes),
    sentence: z.string().describe('What it is and what to do.'),
    params: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .describe('What the sentence names, such as “brand”, “survey”, “count” or “since”.'),
    where: z
      .strictObject({
        kind: z.enum(['connection', 'survey', 'delivery', 'brand', 'people', 'settings']),
        id: z
          .string()
          .nullable()
          .describe('The connection’s id, or the key of the survey or brand; null for all of the kind.'),
      })
      .describe('Where it is done.'),
  })
  .meta({ id: 'Attention' });

/** `GET /api/attention`: what needs a person. @param publicUrlMissing whether nobody said how others reach us */
export function attentionRoutes(context: Context, publicUrlMissing: boolean): readonly Route[] {
  const { database, connections, offers, sources } = context;

  /** The usual one; brands may have their own. */
  async function mailServer(say: Render) {
    if (!context.mail) return 'none' as const;
    return troubleIn(await usualServerState(context), say) ?? ('works' as const);
  }

  async function brandServers(workspaceId: string, say: Render) {
    const states = await brandServerStates(context, workspaceId);
    return states.flatMap(({ brand: { key, content }, state }) => {
      const trouble = troubleIn(state, say);
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
      summary: 'What needs a person, the most urgent first.',
      scope: 'read',
      answer: z.strictObject({ items: z.array(attentionItem), next: z.null() }),
      respond: async (sent) => {
        const { workspaceId } = sent.caller;
        const say = await renderFor(context, sent);
        const isOpen = (id: string) => connections.find(id) !== undefined;
        const statusOf = (row: ConnectionRow) => statusInLabels(offers, row);
        const running = {
          mailServer: await mailServer(say),
          brandServers: await brandServers(workspaceId, say),
          publicUrlMissing,
          isOpen,
          titleOf,
          statusOf,
        };
        return { items: await attention(database.db, workspaceId, running), next: null };
      },
    }),
  ];
}

function troubleIn(state: Awaited<ReturnType<typeof usualServerState>>, say: Render): ServerTrouble | undefined {
  const { trouble, throttled }: Partial<NonNullable<typeof state>> = state ?? {};
  if (trouble?.kind === 'refused') return { refused: say('failures', trouble.why), since: trouble.since };
  if (throttled) return { throttledSince: throttled.since };
  if (trouble?.kind === 'throttled') return { throttledSince: trouble.since };
  return trouble && { downSince: trouble.since };
}
