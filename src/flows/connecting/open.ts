import { UpstreamBusy } from '../../errors.ts';
import { createPace } from '../../pace.ts';
import { type ConnectionRow, ensureConnection, listConnections, updateConnection } from '../../store/connections.ts';
import { releaseLostWrites } from '../../store/copy-claims.ts';
import { credentialsOf } from '../../store/credentials.ts';
import { releaseNotices } from '../../store/notices.ts';
import type { ConnectionSource, Context, LiveConnection } from '../context.ts';

/**
 * Opens the connections that the settings make; the first time, a connection's row is created and its watermark
 * starts. Calls no vendor.
 */
export async function openConfigured(context: Context, workspaceId: string): Promise<void> {
  for (const { connector, settings, origin } of context.sources) {
    if (origin === 'authorization' || !connector.connects(settings)) continue;
    const wanted = { workspaceId, connector: connector.name, origin };
    const now = context.clock();
    const row = await context.database.transaction((tx) => ensureConnection(tx, wanted, now));
    // Credentials may have changed while it was stopped.
    await updateConnection(context.database.db, row.id, { provisionDueAt: now });
    openRow(context, row);
  }
}

/** Opens the connections that came about by consent and are not open in this process yet. */
export async function openAuthorized(context: Context): Promise<void> {
  const rows = await listConnections(context.database.db);
  for (const row of rows.filter(({ id, origin }) => origin === 'authorization' && !context.connections.find(id))) {
    openRow(context, row);
  }
}

/** @returns nothing when the settings it was made with are gone */
export function openRow(context: Context, row: ConnectionRow): LiveConnection | undefined {
  const source = context.sources.find(
    ({ connector, origin }) => connector.name === row.connector && origin === row.origin,
  );
  if (!source) {
    context.log.warn(
      { connector: row.connector, connection: row.id },
      'a connection has lost its settings: it stays closed',
    );
    return undefined;
  }
  const live = connect(context, source, row);
  context.connections.add(live);
  return live;
}

/** Ends what a connection does in this process. */
export async function closeConnection(context: Context, live: LiveConnection): Promise<void> {
  context.connections.remove(live.id);
  await live.pace.stop();
  await live.lease.release();
}

function connect(
  context: Context,
  { connector, settings, origin }: ConnectionSource,
  row: ConnectionRow,
): LiveConnection {
  const { database, clock } = context;
  const lease = context.leaseOf(`connection ${row.id}`, async () => {
    await releaseNotices(database.db, row.id);
    await releaseLostWrites(database.db, row.id, clock());
  });
  const pace = createPace(connector.limits, {
    clock,
    async admit() {
      if (await lease.hold()) return;
      throw new UpstreamBusy('another process paces this connection', { retryAfter: 15_000 });
    },
  });
  const capabilities = connector.connect(settings, {
    authorized: origin === 'authorization',
    log: context.log.child({ connector: connector.name, connection: row.id }),
    clock,
    pace,
    credentials: credentialsOf(database, context.sealing, row.id, clock),
    fieldNames: row.fieldNames,
  });
  const { id, workspaceId, account, fieldNames } = row;
  return { id, workspaceId, account: account ?? undefined, connector, fieldNames, capabilities, pace, lease };
}
