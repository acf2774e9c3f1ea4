import type { EmailServerState } from '../../platform/email/email-rate-limiter.ts';
import type { EmailServer } from '../../platform/email/email-server.ts';
import { type BrandRow, listBrands } from '../surveys/index.ts';
import type { InvitationsContext } from './context.ts';
import { emailServerFor, hasOwnServer, serverIdFor } from './email-server-for.ts';
import { deleteEmailServer, type EmailServerRow, findEmailServer, saveEmailServer } from './queries/email-servers.ts';

/** Where a server stood before this process began to use it: a restart asks it no sooner than was planned. */
export async function restoreServer(
  { database }: Pick<InvitationsContext, 'database'>,
  brand: BrandRow | undefined,
  server: EmailServer | undefined,
): Promise<void> {
  if (!server || server.saved) return;
  const row = await findEmailServer(database.db, serverIdFor(brand));
  const state = row?.identity === server.identity ? stateIn(row) : undefined;
  if (state && server.rateLimiter.changes === 0) server.rateLimiter.restore(state);
  server.saved = { changes: server.rateLimiter.changes, kind: state?.trouble?.kind };
}

/** Saves where a server stands when that has changed, and says in the log what became of it. */
export async function saveServer(
  { database, log }: Pick<InvitationsContext, 'database' | 'log'>,
  brand: BrandRow | undefined,
  server: EmailServer,
): Promise<void> {
  const before = server.saved;
  const { changes } = server.rateLimiter;
  if (changes === (before?.changes ?? 0)) return;
  const state = server.rateLimiter.state();
  server.saved = { changes, kind: state.trouble?.kind };
  const id = serverIdFor(brand);
  if (state.trouble || state.throttled) await saveEmailServer(database.db, rowOf(id, server.identity, state));
  else await deleteEmailServer(database.db, id);
  if (before?.kind !== state.trouble?.kind) say(log, brand, state);
}

/** Where the usual server stands, whichever process uses it. */
export async function usualServerState({ database, email }: Pick<InvitationsContext, 'database' | 'email'>) {
  return email && serverState(database, undefined, email);
}

/** Where the servers stand that brands of a workspace have of their own, whichever process uses them. */
export async function brandServerStates(
  context: InvitationsContext,
  workspaceId: string,
): Promise<{ brand: BrandRow; state: EmailServerState }[]> {
  const { database } = context;
  const brands = (await listBrands(database.db, workspaceId)).filter(hasOwnServer);
  const states = brands.map(async (brand) => {
    const server = emailServerFor(context, brand);
    return server ? [{ brand, state: await serverState(database, brand, server) }] : [];
  });
  return (await Promise.all(states)).flat();
}

async function serverState(
  database: InvitationsContext['database'],
  brand: BrandRow | undefined,
  { rateLimiter, identity }: EmailServer,
): Promise<EmailServerState> {
  const own = rateLimiter.state();
  if (own.trouble || own.throttled) return own;
  const row = await findEmailServer(database.db, serverIdFor(brand));
  return row?.identity === identity ? stateIn(row) : own;
}

/** Somebody says that the usual server should work now. */
export async function resumeUsualServer({
  database,
  email,
}: Pick<InvitationsContext, 'database' | 'email'>): Promise<void> {
  email?.rateLimiter.resume();
  await deleteEmailServer(database.db, 'usual');
}

function say(
  log: InvitationsContext['log'],
  brand: BrandRow | undefined,
  { trouble, throttled }: EmailServerState,
): void {
  const of = hasOwnServer(brand) ? { brand: brand.key } : {};
  const told = { ...of, ...(trouble ? { why: trouble.why } : {}) };
  switch (trouble?.kind) {
    case 'refused':
      log.error(
        { code: 'email_server.refused', ...told },
        'An email server refuses us. No email leaves by it until somebody acts.',
      );
      return;
    case 'throttled': {
      const perSecond = throttled?.perSecond;
      log.warn(
        { code: 'email_server.throttled', ...told, perSecond },
        'The email server takes no more emails for now.',
      );
      return;
    }
    case 'down':
      log.warn({ code: 'email_server.down', ...told }, 'The email server does not answer.');
      return;
    case undefined:
      log.info({ code: 'email_server.recovered', ...of }, 'The email server takes emails again.');
  }
}

function rowOf(id: string, identity: string, { trouble, throttled }: EmailServerState): EmailServerRow {
  const { kind, since, nextTryAt, failures, why } = trouble ?? {};
  return {
    ...{ id, identity, kind: kind ?? null, since: since ?? null, nextTryAt: nextTryAt ?? null },
    ...{ failures: failures ?? 0, why: why ?? null },
    ...{ throttledSince: throttled?.since ?? null, throttledAt: throttled?.at ?? null },
    perSecond: throttled?.perSecond ?? null,
  };
}

function stateIn(row: EmailServerRow): EmailServerState {
  const { kind, since, nextTryAt, failures, why, throttledSince, throttledAt, perSecond } = row;
  const isLimited = throttledSince !== null && throttledAt !== null && perSecond !== null;
  return {
    trouble:
      kind === null || since === null || nextTryAt === null || why === null
        ? undefined
        : { kind, since, nextTryAt, failures, why },
    throttled: isLimited ? { since: throttledSince, at: throttledAt, perSecond } : undefined,
  };
}
