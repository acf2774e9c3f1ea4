import type { Logger } from 'pino';
import type { Context } from './context.ts';
import { listConnections, openSaved, reopenChanged } from './modules/connections/index.ts';
import { listServers } from './modules/invitations/index.ts';
import type { Database } from './platform/database/database.ts';
import type { Jobs } from './platform/jobs/jobs.ts';
import type { KeysByKind } from './platform/workers/balance.ts';
import { createWorkers, type Workers } from './platform/workers/workers.ts';
import { listWorkspaces } from './platform/workspaces/queries.ts';

/** What is put together after the workers, which use it only once they have started. */
type Later = { context: () => Context; jobs: () => Jobs };

/** Makes this process one of those that share a database. @param works whether it works on jobs */
export function joinWorkers(
  database: Database,
  { clock, log, works }: { clock: () => Date; log: Logger; works: boolean },
  { context, jobs }: Later,
): Workers {
  return createWorkers(database, {
    clock,
    log,
    works,
    listKeys: () => listKeys(database),
    onTaken: (key, from) => context().listeners.leaseTaken(key, from),
    describe: (key) => context().connections.find(key)?.rateLimiter.used(),
    onBeat: () => refreshConnections(context()),
    onGone: (id) => jobs().forgetWorker(id),
  });
}

async function listKeys({ db }: Database): Promise<KeysByKind> {
  return {
    connections: (await listConnections(db)).map(({ id }) => id),
    servers: await listServers(db),
    workspaces: (await listWorkspaces(db)).map(({ id }) => id),
  };
}

/** Opens and reopens what was connected or changed, here or in another process, and divides their quotas. */
export async function refreshConnections(context: Context): Promise<void> {
  await openSaved(context);
  await reopenChanged(context);
}
