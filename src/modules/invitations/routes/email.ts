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
      .describe('Whether an email server is set, refuses us, takes fewer emails than are due, or does not answer.'),
    since: utcTimestamp.nullable().describe('For refused, throttled and down.'),
    from: z
      .strictObject({ address: z.string(), name: z.string().nullable() })
      .nullable()
      .describe('Whom emails are from, unless a survey or its brand says otherwise.'),
    why: messageShape.nullable().describe('For all but set: what it is and what to do.'),
    sandbox: z.boolean().describe('Whether emails end in the inbox of the sandbox.'),
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
      summary: 'The usual email server: whether it is set, whom emails are from, and whether it refuses us.',
      scope: 'read',
      answer: emailState,
      respond: read,
    }),
    route({
      method: 'post',
      path: '/email/check',
      about,
      summary: 'Signs in to the usual email server, sends nothing, and says whether emails could leave now.',
      scope: 'connections:write',
      answer: z.strictObject({
        works: z.boolean(),
        why: messageShape.nullable().describe('Where it does not: what it is and what to do.'),
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
