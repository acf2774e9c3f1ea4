import type { Finding } from '../../connector.ts';
import { Conflict, NotFound, UpstreamRefused } from '../../model/errors.ts';
import type { EndingMessage } from '../../model/messages/check-line.ts';
import type { FieldMessage } from '../../model/messages/field-message.ts';
import { refusedFinding } from '../../model/messages/finding.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import { countUnwritten, markForClearing } from '../records/index.ts';
import type { ConnectionsContext, LiveConnection } from './context.ts';
import { closeConnection } from './open.ts';
import { type ConnectionRow, findConnection, updateConnection } from './queries/connections.ts';
import { removeCredentials } from './queries/credentials.ts';

/**
 * What becomes of the fields: they stay with what stands in them; they stay, and are emptied on every record first; or
 * they go with all their values.
 */
export type Fate = 'keep' | 'clear' | 'remove';

/** What has been done, and what that means. */
export type Ending = { ended: boolean; findings: readonly Finding[]; explanation: readonly EndingMessage[] };

/**
 * Ends a connection: the vendor's side is cleaned up as far as it lets us, the credentials are forgotten, and what was
 * answered stays. Clearing takes its time, and the connection ends after it by itself.
 *
 * @throws RequestError when that cannot be done with the fields; UpstreamBusy when the vendor cannot be reached: nothing
 *   is ended then
 */
export async function disconnect(context: ConnectionsContext, connectionId: string, fields: Fate): Promise<Ending> {
  const live = context.connections.find(connectionId);
  const row = await findConnection(context.database.db, connectionId);
  if (!row || row.status === 'disconnected') throw new NotFound('connection');
  if (fields === 'clear') return clear(context, row, live);
  if (fields === 'remove' && !live?.capabilities.provisioning?.remove) throw impossible('remove', row, live);
  const findings = await end(context, row, { live, removes: fields === 'remove' });
  return { ended: true, findings, explanation: explain(row, fields, live?.connector.title) };
}

/** Ends a connection whose records hold nothing of ours any more. @returns whether it has come to that */
export async function endCleared(context: ConnectionsContext, live: LiveConnection): Promise<boolean> {
  const { database, log } = context;
  const { waiting, failed } = await countUnwritten(database.db, live.id);
  const row = await findConnection(database.db, live.id);
  if (waiting > 0 || !row) return false;
  await end(context, row, { live, removes: false });
  const line = { connector: live.connector.name, connection: live.id, failed };
  if (failed > 0) {
    log.error(
      { code: 'connection.disconnected_uncleared', ...line },
      'A connection has ended, and some of its records could not be cleared.',
    );
  } else
    log.info({ code: 'connection.disconnected', ...line }, 'A connection has ended after its records were cleared.');
  return true;
}

async function clear(
  context: ConnectionsContext,
  row: ConnectionRow,
  live: LiveConnection | undefined,
): Promise<Ending> {
  const { database, clock, wake } = context;
  const workspace = await findWorkspace(database.db, row.workspaceId);
  const stopped = row.status !== 'ready' || row.writeBackPausedAt || workspace?.writeBackPausedAt;
  if (stopped || !live?.capabilities.contacts) throw impossible('clear', row, live);
  const records = await database.transaction(async (tx) => {
    await updateConnection(tx, row.id, { clearingSince: clock(), surveysEnabled: false });
    return markForClearing(tx, row.id, clock());
  });
  await wake('write', row.id);
  return { ended: false, findings: [], explanation: explain(row, 'clear', live.connector.title, records) };
}

async function end(
  context: ConnectionsContext,
  row: ConnectionRow,
  { live, removes }: { live: LiveConnection | undefined; removes: boolean },
): Promise<readonly Finding[]> {
  if (row.origin === 'environment' && live) {
    context.log.warn(
      { code: 'connection.in_environment', connection: row.id },
      'A disconnected connection comes back at the next start. Remove its keys from the environment too.',
    );
  }
  const findings = live ? await cleanUp(live, { fields: removes }) : [];
  await updateConnection(context.database.db, row.id, { status: 'disconnected', statusDetail: null });
  await removeCredentials(context.database.db, row.id);
  if (live) await closeConnection(context, live);
  return findings;
}

async function cleanUp(live: LiveConnection, options: { fields: boolean }): Promise<readonly Finding[]> {
  live.rateLimiter.resume();
  try {
    return (await live.capabilities.provisioning?.remove?.(options)) ?? [];
  } catch (failure) {
    // Credentials that no longer open anything cannot clean up either; that must not keep the connection alive.
    if (!(failure instanceof UpstreamRefused)) throw failure;
    return [refusedFinding({ kind: 'credentials' }, failure.why)];
  }
}

function impossible(fate: 'clear' | 'remove', row: ConnectionRow, live: LiveConnection | undefined): Conflict {
  const message: FieldMessage =
    fate === 'clear'
      ? { code: 'field.not_clearable', params: {} }
      : live
        ? { code: 'field.not_removable', params: { system: live.connector.title } }
        : { code: 'field.keep_only', params: {} };
  const params = { system: live?.connector.title ?? row.connector };
  return new Conflict({ code: 'fields_fixed', params }, { problems: [{ field: 'fields', message }] });
}

/** What ending a connection means for whoever works with it. */
export function explain(row: ConnectionRow, fate: Fate, system = row.connector, records = 0): readonly EndingMessage[] {
  return [
    fate === 'clear'
      ? { code: 'ending.fields_cleared', params: { system, count: records } }
      : { code: 'ending.fields', params: { kind: fate, system } },
    { code: 'ending.answers_stay', params: {} },
    row.origin === 'environment'
      ? { code: 'ending.keys', params: { kind: 'environment' } }
      : { code: 'ending.keys', params: { kind: 'forgotten', system } },
  ];
}
