import { z } from 'zod';
import { InvalidInput, UpstreamBusy, UpstreamRefused } from '../../errors.ts';
import { resumeUsualServer, usualServerState } from '../../flows/asking/email-server.ts';
import { refusalInWords } from '../../flows/asking/mail-of.ts';
import type { Context } from '../../flows/context.ts';
import { type Plain, type Route, route } from './route.ts';
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
    because: z.string().nullable().describe('For all but set: what it is and what to do.'),
    sandbox: z.boolean().describe('Whether letters end in the inbox of the sandbox.'),
  })
  .meta({ id: 'Mail' });

const about = 'Workspace';

/** `GET /api/mail` and `POST /api/mail/check`: what letters leave by. @param sandbox whether it is the sandbox's inbox */
export function mailRoutes(context: Context, sandbox: boolean): readonly Route[] {
  const { mail } = context;

  async function read(): Promise<Plain<z.output<typeof mailState>>> {
    if (!mail) {
      const because = 'Set SMTP_URL and MAIL_FROM in the environment of the service, and start it again.';
      return { state: 'missing', since: null, from: null, because, sandbox };
    }
    const { address, name = null } = mail.from;
    const { trouble, throttled } = (await usualServerState(context)) ?? {};
    const from = { address, name };
    if (throttled && trouble?.kind !== 'refused') {
      const because = 'The email server takes fewer emails than are due. They leave as it takes them.';
      return { state: 'throttled', since: throttled.since, from, because, sandbox };
    }
    if (!trouble) return { state: 'set', since: null, from, because: null, sandbox };
    return { state: trouble.kind, since: trouble.since, from, because: refusalInWords(trouble), sandbox };
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
        because: z.string().nullable().describe('Where it does not: what it is and what to do.'),
      }),
      refusals: { 409: 'No mail server is set.' },
      does: 'mail.check',
      respond: async () => {
        if (!mail) throw new InvalidInput('there is no mail server to look at', { status: 409 });
        try {
          await mail.verify();
          // What it refused before may go now.
          await resumeUsualServer(context);
          return { works: true, because: null };
        } catch (failure) {
          if (failure instanceof UpstreamRefused) return { works: false, because: failure.inWords };
          if (failure instanceof UpstreamBusy) return { works: false, because: failure.message };
          throw failure;
        }
      },
    }),
  ];
}
