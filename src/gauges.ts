import type { Context } from './context.ts';
import { listConnections } from './modules/connections/index.ts';
import { countWaitingEvents } from './modules/events/index.ts';
import { countDueEmails } from './modules/invitations/index.ts';
import { countOutOfSync } from './modules/write-back/index.ts';
import type { Jobs } from './platform/jobs/jobs.ts';
import type { GaugeSource, Sample } from './platform/metrics.ts';

/** However many scrape, the database is asked no more often. */
const maxAgeMs = 5000;

/** What a scrape looks up, in the database and in what this process remembers. */
export function gaugeSources(context: Context, jobs: Pick<Jobs, 'depths'>): readonly GaugeSource[] {
  const { database, clock } = context;
  return [
    {
      name: 'connections',
      gauges: ['connections', 'events_waiting', 'write_back_backlog', 'write_back_lag_seconds'],
      maxAgeMs,
      read: () => readConnections(context),
    },
    {
      name: 'invitations',
      gauges: ['invitations_due'],
      maxAgeMs,
      read: async () => ({ invitations_due: [{ labels: {}, value: await countDueEmails(database.db, clock()) }] }),
    },
    {
      name: 'jobs',
      gauges: ['jobs'],
      maxAgeMs,
      read: async () => ({
        jobs: (await jobs.depths()).flatMap(({ queue, ...depths }) =>
          Object.entries(depths).map(([state, value]) => ({ labels: { queue, state }, value })),
        ),
      }),
    },
    {
      name: 'process',
      gauges: ['leases', 'vendor_quota_used_ratio'],
      maxAgeMs: 0,
      read: async () => readProcess(context),
    },
  ];
}

async function readConnections({ database, clock }: Context): ReturnType<GaugeSource['read']> {
  const rows = await listConnections(database.db);
  const events = await countWaitingEvents(database.db);
  const outOfSync = await countOutOfSync(database.db);
  const now = clock().getTime();
  const samples = (read: (id: string) => number): Sample[] =>
    rows.map(({ id, connector }) => ({ labels: { connector, connection: id }, value: read(id) }));
  const byStatus = Map.groupBy(rows, ({ connector, status }) => `${connector} ${status}`);
  return {
    connections: [...byStatus.values()].flatMap(([first, ...others]) =>
      first ? [{ labels: { connector: first.connector, status: first.status }, value: 1 + others.length }] : [],
    ),
    events_waiting: samples((id) => events.get(id) ?? 0),
    write_back_backlog: samples((id) => outOfSync.get(id)?.waiting ?? 0),
    write_back_lag_seconds: samples((id) => {
      const since = outOfSync.get(id)?.since.getTime() ?? now;
      return Math.max(0, now - since) / 1000;
    }),
  };
}

function readProcess({ connections, ownKeys }: Context): Awaited<ReturnType<GaugeSource['read']>> {
  return {
    leases: [{ labels: {}, value: ownKeys().length }],
    vendor_quota_used_ratio: connections.all().map(({ id, connector, rateLimiter }) => {
      const { allowed, used } = rateLimiter.usage();
      return { labels: { connector: connector.name, connection: id }, value: Math.min(1, used / allowed) };
    }),
  };
}
