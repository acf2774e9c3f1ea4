import type { Logger } from 'pino';
import type { Connector } from '../../connector.ts';
import { UpstreamBusy } from '../../errors.ts';
import { createPace } from '../../pace.ts';
import { type ConnectionRow, ensureConnection, updateConnection } from '../../store/connections.ts';
import { releaseLostWrites } from '../../store/copies.ts';
import { credentialsOf } from '../../store/credentials.ts';
import { releaseNotices } from '../../store/notices.ts';
import type { Sealing } from '../../store/sealing.ts';
import type { Context, LiveConnection } from '../context.ts';

/** Where a connection's settings come from: the environment, or the sandbox's simulated vendors. */
export type ConnectionSource = { connector: Connector; settings: unknown; origin: 'environment' | 'sandbox' };

/**
 * Opens the connection that these settings make; the first time, its row is created and its watermark starts. Calls no
 * vendor.
 */
export async function openConnection(
  context: Context,
  { source, workspaceId, sealing }: { source: ConnectionSource; workspaceId: string; sealing: Sealing },
): Promise<LiveConnection> {
  const { connector, origin } = source;
  const wanted = { workspaceId, connector: connector.name, origin };
  const now = context.clock();
  const row = await context.database.transaction((tx) => ensureConnection(tx, wanted, now));
  // Credentials may have changed while it was stopped.
  await updateConnection(context.database.db, row.id, { provisionDueAt: now });
  const live = connect(context, source, row, sealing);
  context.connections.add(live);
  return live;
}

function connect(context: Context, source: ConnectionSource, row: ConnectionRow, sealing: Sealing): LiveConnection {
  const { connector, settings } = source;
  const { database, clock } = context;
  const log: Logger = context.log.child({ connector: connector.name, connection: row.id });
  const lease = context.leaseOf(`connection ${row.id}`, async () => {
    await releaseNotices(database.db, row.id);
    await releaseLostWrites(database.db, row.id, clock());
  });
  const pace = createPace(connector.limits, {
    clock,
    async admit() {
      if (!(await lease.hold()))
        throw new UpstreamBusy('another process paces this connection', { retryAfter: 15_000 });
    },
  });
  const credentials = credentialsOf(database, sealing, row.id, clock);
  const capabilities = connector.connect(settings, { log, clock, pace, credentials });
  const reopen = (other: ConnectionRow) => connect(context, source, other, sealing);
  const { id, workspaceId, account } = row;
  return { id, workspaceId, account: account ?? undefined, connector, capabilities, pace, lease, reopen };
}
