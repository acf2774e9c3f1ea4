import { z } from 'zod';
import { hourMs, minuteMs } from '../../../model/time-units.ts';
import type { PlatformContext } from '../../../platform/context.ts';
import { networkPrefix } from '../../../platform/http/request-limits.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { accountEmail } from '../../../platform/http/shapes.ts';
import type { Access } from '../access.ts';
import { sendAccountEmail } from '../account-emails.ts';
import { createTries } from '../tries.ts';
import { password, token } from './accounts.ts';

const about = 'Access';
const refusals = { 429: 'Too many attempts from one IP address.' };

/** `POST /api/reset-link` and `/api/reset`: a new password for somebody who lost theirs. */
export function passwordRoutes(context: PlatformContext, { passwords, rememberDevice }: Access): readonly Route[] {
  const { clock, log } = context;
  const tries = createTries({ most: 10, window: minuteMs }, clock);
  const sentEmails = createTries({ most: 3, window: hourMs }, clock);

  async function emailLink(email: string): Promise<void> {
    const found = sentEmails.spend(email) ? await passwords.linkByEmail(email) : undefined;
    if (found) await sendAccountEmail(context, { ...found, kind: 'reset', to: email });
  }

  return [
    route({
      method: 'post',
      path: '/reset-link',
      about,
      summary:
        'Emails a password reset link, if an email server is set and the address has an account with a password.',
      scope: null,
      body: z.strictObject({ email: accountEmail }),
      status: 202,
      answer: z.strictObject({
        accepted: z.literal(true).describe('Always true, whether or not the address is known.'),
      }),
      refusals,
      does: 'password.ask',
      // What nobody asked for, and who they are, is not theirs to know.
      isNoted: true,
      respond: async ({ body, visitor }) => {
        tries.verify(networkPrefix(visitor.address));
        // Not waited for: how long it takes would tell whether the address is known.
        emailLink(body.email).catch((failure: unknown) =>
          log.error({ code: 'account.link_failed', err: failure }, 'A link of an account was not sent.'),
        );
        return { accepted: true } as const;
      },
    }),
    route({
      method: 'post',
      path: '/reset',
      about,
      summary: 'Sets a new password with the token of a reset link, and ends all sessions.',
      scope: null,
      body: z.strictObject({ token, password }),
      answer: z.strictObject({ email: z.string().describe('Email address to sign in with.') }),
      refusals,
      does: 'password.reset',
      isNoted: true,
      respond: async ({ body, visitor }) => {
        tries.verify(networkPrefix(visitor.address));
        const email = await passwords.reset(body);
        visitor.setCookies(await rememberDevice(visitor.headers, email));
        return { email };
      },
    }),
  ];
}
