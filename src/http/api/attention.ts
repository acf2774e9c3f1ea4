import { z } from 'zod';
import { attentionCodes } from '../../domain/attention.ts';
import { usualServerState } from '../../flows/asking/email-server.ts';
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
    where: z
      .strictObject({
        kind: z.enum(['connection', 'survey', 'delivery', 'people', 'settings']),
        id: z.string().nullable().describe('The connection’s id, or the survey’s key; null for all of the kind.'),
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
    const { trouble, throttled } = (await usualServerState(context)) ?? {};
    if (trouble?.kind === 'refused') return { refused: say('failures', trouble.why), since: trouble.since };
    if (throttled) return { throttledSince: throttled.since };
    if (trouble?.kind === 'throttled') return { throttledSince: trouble.since };
    return trouble ? { downSince: trouble.since } : ('works' as const);
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
        const isOpen = (id: string) => connections.find(id) !== undefined;
        const statusOf = (row: ConnectionRow) => statusInLabels(offers, row);
        const running = {
          mailServer: await mailServer(await renderFor(context, sent)),
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
