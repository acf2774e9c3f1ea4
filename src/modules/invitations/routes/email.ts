import { z } from 'zod';
import { Conflict, UpstreamBusy, UpstreamRefused } from '../../../model/errors.ts';
import type { FailureMessage } from '../../../model/messages/failure-message.ts';
import { asMessage, messageShape, renderFor } from '../../../platform/http/messages.ts';
import { type Plain, type Route, type RouteInput, route } from '../../../platform/http/route.ts';
import { utcTimestamp } from '../../../platform/http/shapes.ts';
import type { InvitationsContext } from '../context.ts';
import { resumeUsualServer, usualServerState } from '../email-server.ts';

export const emailState = z
  .strictObject({
    state: z
      .enum(['missing', 'set', 'refused', 'throttled', 'down'])
      .describe('State of the email server: not set, set, refusing emails, throttling, or not answering.'),
    since: utcTimestamp.nullable().describe('Since when it has been refused, throttled or down.'),
    from: z
      .strictObject({ address: z.string(), name: z.string().nullable() })
      .nullable()
      .describe('Default sender. A survey or its brand can set another one.'),
    why: messageShape.nullable().describe('What is wrong and what to do. Null if the state is set.'),
    sandbox: z.boolean().describe('Whether emails are delivered to the sandbox inbox.'),
  })
  .meta({ id: 'EmailState' });

const about = 'Workspace';

/** `GET /api/email` and `POST /api/email/check`: what emails leave by. @param sandbox whether it is the sandbox's inbox */
export function emailRoutes(context: InvitationsContext, sandbox: boolean): readonly Route[] {
  const { email } = context;

  async function read(sent: Pick<RouteInput, 'caller' | 'language'>): Promise<Plain<z.output<typeof emailState>>> {
    const say = await renderFor(context, sent);
    const told = (why: FailureMessage) => asMessage('failures', why, say);
    if (!email) {
      const why = told({ code: 'email.not_set', params: {} });
      return { state: 'missing', since: null, from: null, why, sandbox };
    }
    const { address, name = null } = email.from;
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
      path: '/email',
      about,
      summary: 'Gets the state of the default email server.',
      scope: 'read',
      answer: emailState,
      respond: read,
    }),
    route({
      method: 'post',
      path: '/email/check',
      about,
      summary: 'Checks the default email server by signing in. Sends no email.',
      scope: 'connections:write',
      answer: z.strictObject({
        works: z.boolean(),
        why: messageShape.nullable().describe('If it does not work: what is wrong and what to do.'),
      }),
      refusals: { 409: 'No email server is set.' },
      does: 'email.check',
      respond: async (sent) => {
        if (!email) throw new Conflict({ code: 'no_email_server', params: {} });
        try {
          await email.verify();
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
