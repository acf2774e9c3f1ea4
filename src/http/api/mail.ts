import { z } from 'zod';
import type { FailureMessage } from '../../domain/failure-message.ts';
import { Conflict, UpstreamBusy, UpstreamRefused } from '../../errors.ts';
import { resumeUsualServer, usualServerState } from '../../flows/asking/email-server.ts';
import type { Context } from '../../flows/context.ts';
import { asMessage, messageShape, renderFor } from './messages.ts';
import { type Plain, type Route, route, type Sent } from './route.ts';
import { moment } from './shapes.ts';

export const mailState = z
  .strictObject({
    state: z
      .enum(['missing', 'set', 'refused', 'throttled', 'down'])
      .describe('Whether an email server is set, refuses us, takes fewer emails than are due, or does not answer.'),
    since: moment.nullable().describe('For refused, throttled and down.'),
    from: z
      .strictObject({ address: z.string(), name: z.string().nullable() })
      .nullable()
      .describe('Whom letters are from, unless a survey or its brand says otherwise.'),
    why: messageShape.nullable().describe('For all but set: what it is and what to do.'),
    sandbox: z.boolean().describe('Whether letters end in the inbox of the sandbox.'),
  })
  .meta({ id: 'Mail' });

const about = 'Workspace';

/** `GET /api/mail` and `POST /api/mail/check`: what letters leave by. @param sandbox whether it is the sandbox's inbox */
export function mailRoutes(context: Context, sandbox: boolean): readonly Route[] {
  const { mail } = context;

  async function read(sent: Pick<Sent, 'caller' | 'language'>): Promise<Plain<z.output<typeof mailState>>> {
    const say = await renderFor(context, sent);
    const told = (why: FailureMessage) => asMessage('failures', why, say);
    if (!mail) {
      const why = told({ code: 'email.not_set', params: {} });
      return { state: 'missing', since: null, from: null, why, sandbox };
    }
    const { address, name = null } = mail.from;
    const { trouble, throttled } = (await usualServerState(context)) ?? {};
    const from = { address, name };
    if (throttled && trouble?.kind !== 'refused') {
      const why = told({ code: 'email.slow', params: {} });
      return { state: 'throttled', since: throttled.since, from, why, sandbox };
    }
    if (!trouble) return { state: 'set', since: null, from, why: null, sandbox };
    return { state: trouble.kind, since: trouble.since, from, why: told(trouble.why), sandbox };
  }

  return [
    route({
      method: 'get',
      path: '/mail',
      about,
      summary: 'The usual mail server: whether it is set, whom letters are from, and whether it refuses us.',
      scope: 'read',
      answer: mailState,
      respond: read,
    }),
    route({
      method: 'post',
      path: '/mail/check',
      about,
      summary: 'Signs in to the usual mail server, sends nothing, and says whether letters could leave now.',
      scope: 'connections:write',
      answer: z.strictObject({
        works: z.boolean(),
        why: messageShape.nullable().describe('Where it does not: what it is and what to do.'),
      }),
      refusals: { 409: 'No mail server is set.' },
      does: 'mail.check',
      respond: async (sent) => {
        if (!mail) throw new Conflict({ code: 'no_email_server', params: {} });
        try {
          await mail.verify();
          // What it refused before may go now.
          await resumeUsualServer(context);
          return { works: true, why: null };
        } catch (failure) {
          if (!(failure instanceof UpstreamRefused || failure instanceof UpstreamBusy)) throw failure;
          return { works: false, why: asMessage('failures', failure.why, await renderFor(context, sent)) };
        }
      },
    }),
  ];
}
