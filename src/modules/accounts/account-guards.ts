import { createHmac } from 'node:crypto';
import type { BetterAuthPlugin } from 'better-auth';
import { createAuthMiddleware, getSessionFromCtx, isAPIError } from 'better-auth/api';
import { TooManyRequests } from '../../model/errors.ts';
import type { ErrorMessage } from '../../model/messages/error-message.ts';
import type { Database } from '../../platform/database/database.ts';
import { accountError } from './account-answers.ts';
import type { AccountHash } from './account-hash.ts';
import { requestHeader } from './account-paths.ts';
import type { AccountRecord, Happened } from './account-record.ts';
import { type AccountSecrets, decryptFactor } from './account-secrets.ts';
import { isFresh } from './fresh-sign-in.ts';
import { createKnownDevices } from './known-devices.ts';
import { weaknessOfPassword } from './password-rules.ts';
import { findMemberships, findUserByEmail, findWaysIn } from './queries/accounts.ts';
import { type FactorRow, findFactor, takeTimeStep } from './queries/second-factors.ts';
import type { SignInLimits } from './sign-in-limits.ts';

export type GuardOptions = {
  database: Database;
  clock: () => Date;
  secrets: AccountSecrets;
  accountHash: AccountHash;
  limits: SignInLimits;
  record: AccountRecord;
};

type Hook = NonNullable<NonNullable<BetterAuthPlugin['hooks']>['before']>[number];
type HookContext = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0];

/** These take the password of whoever is signed in. */
const passwordPaths = [
  '/change-password',
  '/verify-password',
  '/two-factor/enable',
  '/two-factor/disable',
  '/two-factor/generate-backup-codes',
];
/** What would end or replace a second factor, or begin a session anew, by the password alone. */
const factorPaths = passwordPaths.filter((path) => path !== '/verify-password');
const codePaths = ['/two-factor/verify-totp', '/two-factor/verify-backup-code'];

/**
 * What better-auth has no option for, as a plugin of ours: it limits guesses by account, takes a code once, says when a
 * second factor cannot be read, refuses frequent passwords, and records what happened. Goes last among the plugins,
 * because it looks at what the others made of a request.
 */
export function accountGuards({
  database,
  clock,
  secrets,
  accountHash,
  limits,
  record,
}: GuardOptions): BetterAuthPlugin {
  const devices = createKnownDevices(accountHash);

  async function verifyMayTry(account: string, from: string, about: Happened): Promise<void> {
    const wait = await limits.begin(account, from);
    if (wait === 0) return;
    record.refused({ ...about, reason: 'too_many_attempts' });
    const { code, params } = new TooManyRequests(wait, { kind: 'account' });
    const headers = { 'Retry-After': String(Math.ceil(wait / 1000)) };
    throw accountError('TOO_MANY_REQUESTS', { code, params } as ErrorMessage, headers);
  }

  const beforeSignIn: Hook = {
    matcher: ({ path }) => path === '/sign-in/email',
    handler: createAuthMiddleware(async (context) => {
      const email = emailIn(context);
      const account = accountHash(email);
      await verifyMayTry(account, await devices.find(context, email), { account, ...requestOf(context) });
      // Better-auth goes on to read the passwords of whom it finds: for nobody we read as much.
      if (!(await findUserByEmail(database.db, email))) await findWaysIn(database.db, noUser);
    }),
  };

  const afterSignIn: Hook = {
    matcher: ({ path }) => path === '/sign-in/email',
    handler: createAuthMiddleware(async (context) => {
      const email = emailIn(context);
      const account = accountHash(email);
      const { returned, newSession } = context.context;
      if (isAPIError(returned)) {
        record.refused({ account, email, reason: reasonOf(returned), ...requestOf(context) });
        return;
      }
      await limits.succeed(account, await devices.find(context, email));
      // With a second factor the session begins once its code was right.
      if (newSession) await begin(context, newSession.user, 'password');
    }),
  };

  const beforeSignOut: Hook = {
    matcher: ({ path }) => path === '/sign-out',
    handler: createAuthMiddleware(async (context) => {
      const session = await getSessionFromCtx(context);
      if (session) await record.ended({ userId: session.user.id, ...requestOf(context) });
    }),
  };

  const beforePassword: Hook = {
    matcher: ({ path }) => passwordPaths.includes(path ?? ''),
    handler: createAuthMiddleware(async (context) => {
      const session = await getSessionFromCtx(context);
      if (!session) return;
      const { user } = session;
      if (factorPaths.includes(context.path ?? '') && hasFactor(user)) verifyFresh(session.session);
      if (context.path === '/change-password') await verifyNewPassword(context, user);
      const about = { userId: user.id, ...requestOf(context) };
      await verifyMayTry(accountHash(user.email), 'session', about);
    }),
  };

  /** Whoever has a cookie and the password, and not the second factor, must not come to a session that passes for it. */
  function verifyFresh({ verifiedAt }: Readonly<Record<string, unknown>>): void {
    if (isFresh(verifiedAt, clock())) return;
    throw accountError('FORBIDDEN', { code: 'fresh_sign_in_required', params: {} });
  }

  const afterPassword: Hook = {
    matcher: ({ path }) => passwordPaths.includes(path ?? ''),
    handler: createAuthMiddleware(async (context) => {
      const session = context.context.newSession ?? (await getSessionFromCtx(context));
      if (!session) return;
      if (!isAPIError(context.context.returned)) await limits.succeed(accountHash(session.user.email), 'session');
    }),
  };

  async function verifyNewPassword({ body }: HookContext, { id, email }: { id: string; email: string }): Promise<void> {
    const companies = (await findMemberships(database.db, id)).map(({ workspaceName }) => workspaceName);
    if (weaknessOfPassword(String(body?.newPassword ?? ''), [email, ...companies]) === undefined) return;
    throw accountError('BAD_REQUEST', { code: 'weak_password', params: {} });
  }

  const beforeCode: Hook = {
    matcher: ({ path }) => codePaths.includes(path ?? ''),
    handler: createAuthMiddleware(async (context) => {
      const session = await getSessionFromCtx(context);
      const user = session?.user ?? (await userHalfway(context));
      const factor = user && (await findFactor(database.db, user.id));
      if (!user || !factor) return;
      const about = { userId: user.id, ...requestOf(context) };
      if (session && hasFactor(user)) await verifyMayTry(accountHash(user.email), 'session', about);
      const plain = await decryptFactor(secrets, factor);
      if (!plain) {
        record.factorRefused({ ...about, reason: 'unreadable' });
        throw accountError('CONFLICT', { code: 'two_factor_unreadable', params: {} });
      }
      if (context.path === '/two-factor/verify-totp') await takeCode(context, factor, plain.secret, about);
    }),
  };

  /** The right code of a step that was used already is no code any more. */
  async function takeCode({ body }: HookContext, { id }: FactorRow, secret: string, about: Happened): Promise<void> {
    const now = Math.floor(Date.now() / 30_000);
    const step = [now - 1, now, now + 1].find((at) => codeAt(secret, at) === body?.code);
    if (step === undefined || (await takeTimeStep(database.db, id, step))) return;
    record.factorRefused({ ...about, reason: 'code_used_before' });
    throw accountError('UNAUTHORIZED', { code: 'code_used', params: {} });
  }

  const afterCode: Hook = {
    matcher: ({ path }) => codePaths.includes(path ?? ''),
    handler: createAuthMiddleware(async (context) => {
      const { returned, newSession } = context.context;
      const user = newSession?.user ?? (await getSessionFromCtx(context))?.user ?? (await userHalfway(context));
      if (!user) return;
      if (isAPIError(returned)) {
        record.factorRefused({ userId: user.id, reason: reasonOf(returned), ...requestOf(context) });
        return;
      }
      const isSignIn = newSession !== null && hasFactor(user) && !context.context.session;
      if (context.path === '/two-factor/verify-backup-code') record.backupCodeUsed(user.id);
      if (!isSignIn) await limits.succeed(accountHash(user.email), 'session');
      else await begin(context, user, 'second_factor');
    }),
  };

  const afterProvider: Hook = {
    matcher: ({ path }) => path === '/callback/:id',
    handler: createAuthMiddleware(async (context) => {
      const { newSession, returned } = context.context;
      if (newSession) return begin(context, newSession.user, 'single_sign_on');
      const to = isAPIError(returned) ? new Headers(returned.headers ?? {}).get('location') : null;
      const reason = URL.parse(to ?? '', 'http://localhost')?.searchParams.get('error') ?? 'single_sign_on_failed';
      record.refused({
        reason: /^[a-z_]{1,60}$/u.test(reason) ? reason : 'single_sign_on_failed',
        ...requestOf(context),
      });
    }),
  };

  /** Somebody is in: says so, and knows their browser from now on. */
  async function begin(context: HookContext, user: { id: string; email: string }, by: string): Promise<void> {
    const isNew = (await devices.find(context, user.email)) === '';
    await devices.remember(context, user.email);
    await record.started({ userId: user.id, by, isNew, ...requestOf(context) });
  }

  return {
    id: 'scoreback-guards',
    hooks: {
      before: [beforeSignIn, beforeSignOut, beforePassword, beforeCode],
      after: [afterSignIn, afterPassword, afterCode, afterProvider],
    },
  };
}

/** No id of an account. */
const noUser = '00000000-0000-0000-0000-000000000000';

/** The code of the refusal, ours or better-auth's. */
function reasonOf({ body }: { body?: { code?: unknown } | undefined }): string {
  const code = typeof body?.code === 'string' ? body.code : '';
  return /^[A-Za-z_]{1,60}$/u.test(code) ? code.toLowerCase() : 'refused';
}

const emailIn = ({ body }: HookContext): string => (typeof body?.email === 'string' ? body.email.toLowerCase() : '');

function requestOf({ headers, path }: HookContext): Pick<Happened, 'request' | 'route'> {
  return { request: headers?.get(requestHeader) ?? undefined, route: `/api/auth${path ?? ''}` };
}

const hasFactor = (user: object): boolean => 'twoFactorEnabled' in user && user.twoFactorEnabled === true;

/** Who has given the password and not yet a code. */
async function userHalfway(context: HookContext) {
  const { internalAdapter, secret, createAuthCookie } = context.context;
  const identifier = await context.getSignedCookie(createAuthCookie('two_factor').name, secret);
  const begun = identifier ? await internalAdapter.findVerificationValue(identifier) : null;
  return begun ? internalAdapter.findUserById(begun.value) : null;
}

/** The six digits of a 30-second step, as RFC 6238 makes them. */
function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}
