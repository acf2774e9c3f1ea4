import type { Send } from '../../connector.ts';
import { UpstreamBusy } from '../../model/errors.ts';
import { createRateLimiter } from '../../platform/rate-limiter.ts';
import { currentLease } from '../../platform/workers/leases.ts';
import { withCleanAnswers } from './clean-answers.ts';
import {
  type ConnectionSource,
  type ConnectionsContext,
  createConnectionMemory,
  type LiveConnection,
} from './context.ts';
import { countingCalls } from './count-calls.ts';
import { readSavedKeys } from './keys.ts';
import { type ConnectionRow, ensureConnection, listConnections, updateConnection } from './queries/connections.ts';
import { openCredentials } from './queries/credentials.ts';

type Source = Omit<ConnectionSource, 'origin'> & { origin: ConnectionSource['origin'] | 'console'; send: Send };

/**
 * Opens the connections that the settings make; the first time, a connection's row is created and its watermark
 * starts. Calls no vendor.
 */
export async function openConfigured(context: ConnectionsContext, workspaceId: string): Promise<void> {
  for (const { connector, settings, origin } of context.sources) {
    if (origin === 'authorization' || !connector.connects(settings)) continue;
    const values = { workspaceId, connector: connector.name, origin };
    const now = context.clock();
    const row = await context.database.transaction((tx) => ensureConnection(tx, values, now));
    // Credentials may have changed while it was stopped.
    await updateConnection(context.database.db, row.id, { provisionDueAt: now });
    await openRow(context, row);
  }
}

/** Opens the connections that an admin made, by consent or by keys, and that are not open in this process yet. */
export async function openSaved(context: ConnectionsContext): Promise<void> {
  const made = ['authorization', 'console'];
  const rows = await listConnections(context.database.db);
  for (const row of rows.filter(({ id, origin }) => made.includes(origin) && !context.connections.find(id))) {
    await openRow(context, row);
  }
}

/** @returns nothing when the settings it was made with are gone */
export async function openRow(context: ConnectionsContext, row: ConnectionRow): Promise<LiveConnection | undefined> {
  const { saidClosed } = context.connections;
  const source = await sourceOf(context, row);
  if (!source) {
    // The sweep comes by every minute.
    if (!saidClosed.has(row.id)) {
      context.log.warn(
        { code: 'connection.settings_lost', connector: row.connector, connection: row.id },
        'A connection has lost its settings. It stays closed.',
      );
    }
    saidClosed.add(row.id);
    return undefined;
  }
  saidClosed.delete(row.id);
  // The sweep may have found it, too.
  const already = context.connections.find(row.id);
  if (already) return already;
  const live = connect(context, source, row);
  context.connections.add(live);
  return live;
}

async function sourceOf(context: ConnectionsContext, row: ConnectionRow): Promise<Source | undefined> {
  if (row.origin !== 'console') {
    const { sources, send } = context;
    const found = sources.find(({ connector, origin }) => connector.name === row.connector && origin === row.origin);
    return found && { ...found, send: send.operator };
  }
  const offer = context.offers.find(({ connector }) => connector.name === row.connector);
  const saved = offer && (await readSavedKeys(context, offer, row.id));
  return offer && saved ? { connector: offer.connector, ...saved, origin: 'console' } : undefined;
}

/** Ends what a connection does in this process. */
export async function closeConnection(context: ConnectionsContext, live: LiveConnection): Promise<void> {
  context.connections.remove(live.id);
  await live.rateLimiter.stop();
  await live.lease.release(live.rateLimiter.used());
}

/** What a job began ends with its lease: whoever works in its place may have newer values by now. */
function admit(): () => Promise<void> {
  const lease = currentLease();
  return async () => {
    if (!lease || (await lease.keep())) return;
    throw new UpstreamBusy({ code: 'upstream.other_process', params: {} }, { retryAfter: 15_000 });
  };
}

function connect(
  context: ConnectionsContext,
  { connector, settings, origin, send }: Source,
  row: ConnectionRow,
): LiveConnection {
  const { database, clock } = context;
  const lease = context.leaseFor(row.id);
  let part = context.quotaPart(row.id);
  const share = (row.quotaShare / 100) * part;
  const uncounted = createRateLimiter(connector.limits, { share, clock, admit });
  const rateLimiter = countingCalls(uncounted, context, { connector: connector.name, connection: row.id });
  const connected = connector.connect(settings, {
    authorized: origin === 'authorization',
    log: context.log.child({ connector: connector.name, connection: row.id }),
    clock,
    rateLimiter,
    send,
    credentials: openCredentials(database, context.encryption, row.id, clock),
    fieldNames: row.fieldNames,
    ...(row.fieldProfile === null ? {} : { fieldProfile: row.fieldProfile }),
  });
  const capabilities = withCleanAnswers(connected);
  const { id, workspaceId, account, fieldNames, fieldProfile, keysChangedAt } = row;
  const saved = { fieldNames, fieldProfile, keysChangedAt };
  return {
    id,
    workspaceId,
    account: account ?? undefined,
    connector,
    ...saved,
    capabilities,
    rateLimiter,
    setQuotaShare(percent) {
      const before = part;
      part = context.quotaPart(row.id);
      rateLimiter.setShare((percent / 100) * part);
      // Whoever has the lease may have used, in this window, what is this process's now.
      if (part < before && !lease.isOurs()) rateLimiter.noteUsedElsewhere(clock());
    },
    lease,
    memory: createConnectionMemory(),
  };
}
