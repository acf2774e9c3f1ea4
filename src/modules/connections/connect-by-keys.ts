import { Conflict, type RequestError, Unprocessable } from '../../model/errors.ts';
import { isUniqueViolation } from '../../platform/database/database.ts';
import type { ConnectionsContext, Offer } from './context.ts';
import { type Keys, readKeys, requireOffer, saveKeys, unusableKeys } from './keys.ts';
import { openRow } from './open.ts';
import { type ConnectionRow, createConnection, findByAccount, updateConnection } from './queries/connections.ts';
import { reopenChanged } from './reopen.ts';
import { tryKeys } from './try-keys.ts';

/**
 * Connects an account with keys that an admin gave: asked about at the vendor first, kept encrypted, open at once and
 * after every start. Its watermark begins now.
 *
 * @returns the id of the connection
 * @throws RequestError naming the fields to blame, or the account that is connected already in this workspace; then
 *   nothing is kept
 */
export async function connectByKeys(
  context: ConnectionsContext,
  requested: { workspaceId: string; connector: string; keys: Keys; name?: string },
): Promise<string> {
  const { database, clock, wake } = context;
  const { workspaceId, connector, name } = requested;
  const offer = requireOffer(context, connector);
  const { keys, settings } = readKeys(context, offer, requested.keys);
  const account = await tryKeys(context, offer, { keys, settings });
  const now = clock();
  const taken = (existing: ConnectionRow | undefined) =>
    accountIsTaken(context, offer, { workspaceId, account, existing });
  const row = await oncePerAccount(
    async () => taken(await findByAccount(database.db, connector, account)),
    () =>
      database.transaction(async (tx) => {
        const existing = await findByAccount(tx, connector, account);
        if (existing) throw taken(existing);
        const created = await createConnection(
          tx,
          {
            workspaceId,
            connector,
            origin: 'console',
            account,
            keysChangedAt: now,
            ...(name === undefined ? {} : { name }),
          },
          now,
        );
        await saveKeys(tx, context, created.id, { keys, offer });
        return created;
      }),
  );
  await openRow(context, row);
  await wake('provision', row.id);
  return row.id;
}

/**
 * Other keys for a connection that was made by keys.
 *
 * @throws RequestError when they open another account, or none; then the old ones stay
 */
export async function replaceKeys(context: ConnectionsContext, row: ConnectionRow, given: Keys): Promise<void> {
  const { database, clock, wake } = context;
  if (row.origin !== 'console') {
    const kind = (['environment', 'authorization', 'sandbox'] as const).find((origin) => origin === row.origin);
    throw new Conflict({ code: 'keys_elsewhere', params: { kind: kind ?? 'environment' } });
  }
  const offer = requireOffer(context, row.connector);
  const { keys, settings } = readKeys(context, offer, given);
  const account = await tryKeys(context, offer, { keys, settings });
  if (account !== row.account) {
    const message = { code: 'field.other_account', params: { account, own: row.account ?? '' } } as const;
    throw new Unprocessable({ code: 'other_account', params: {} }, { problems: [{ field: 'settings', message }] });
  }
  const now = clock();
  // Later than the last change in any case: by this every process sees that there are others.
  const keysChangedAt = new Date(Math.max(now.getTime(), (row.keysChangedAt?.getTime() ?? 0) + 1));
  await database.transaction(async (tx) => {
    await saveKeys(tx, context, row.id, { keys, offer });
    await updateConnection(tx, row.id, { keysChangedAt, provisionDueAt: now });
  });
  await reopenChanged(context);
  if (!context.connections.find(row.id)) await openRow(context, { ...row, keysChangedAt });
  await wake('provision', row.id);
}

/** Two people who connect the same account at once meet in the database. */
async function oncePerAccount<Value>(taken: () => Promise<RequestError>, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (failure) {
    if (isUniqueViolation(failure)) throw await taken();
    throw failure;
  }
}

/** Says so within one workspace; who is elsewhere is told no more than that the keys are of no use here. */
function accountIsTaken(
  { log }: ConnectionsContext,
  offer: Offer,
  { workspaceId, account, existing }: { workspaceId: string; account: string; existing: ConnectionRow | undefined },
): RequestError {
  const { name } = offer.connector;
  if (existing?.workspaceId !== workspaceId) {
    log.warn(
      { code: 'connection.account_taken', connector: name, workspace: workspaceId, connection: existing?.id },
      'An account is connected in another workspace, so it was not connected here.',
    );
    return unusableKeys(offer);
  }
  const message = { code: 'field.account_connected', params: { account, connection: existing.id } } as const;
  const problems = [{ field: 'settings', message }];
  return new Conflict({ code: 'account_connected', params: { kind: 'here', account } }, { problems });
}
