import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DestinationStream } from 'pino';
import { describeProblems } from '../config/describe-problems.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { isLocal, listensToOthers, localUrl } from '../config/public-url.ts';
import { readSettings } from '../config/settings.ts';
import { connectors } from '../connectors/index.ts';
import { announce } from './announce.ts';
import { createApp, createWorkerApp } from './app.ts';
import { applyDefinitions } from './apply-definitions.ts';
import { createContext, openAccess, openDatabase } from './assembly.ts';
import type { Context } from './context.ts';
import { gaugeSources } from './gauges.ts';
import { createJobHandlers } from './job-handlers.ts';
import { joinWorkers } from './join-workers.ts';
import { ConfigurationProblem } from './model/errors.ts';
import { ensureWorkspace } from './modules/accounts/index.ts';
import { closeConnection, openConfigured, openSaved } from './modules/connections/index.ts';
import { createEventBuffer } from './modules/events/index.ts';
import { createJobs, type Jobs } from './platform/jobs/jobs.ts';
import { createLog } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { createNetwork } from './platform/network/network.ts';
import { defaultWorkspace } from './platform/workspaces/queries.ts';
import { type ProcessRole, readRole, verifyRole } from './roles.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export type Service = {
  url: string;
  context: Context;
  /** Where the first account is made; nothing once there is one. */
  setupLink: string | undefined;
  stop(): Promise<void>;
};

const clock = () => new Date();

/** How long work in hand may take to finish when the process is asked to stop. */
const patienceMs = 6000;

/** The whole stop ends within this; who stops containers often waits no longer. */
const longestStopMs = 13_000;

export type ServiceOptions = {
  role?: ProcessRole;
  /** Takes the lines of its log; without it, standard output. */
  logTo?: DestinationStream;
};

/**
 * Puts the whole service together and starts it.
 *
 * @throws ConfigurationProblem
 */
export async function startService(
  environment: Environment,
  { role = 'all', logTo }: ServiceOptions = {},
): Promise<Service> {
  const settings = readSettings(environment, connectors);
  verifyRole(role, settings);
  const log = createLog(settings.logLevel, logTo);
  for (const warning of settings.warnings) log.warn({ code: warning.code }, warning.says);
  const database = await openDatabase(
    settings,
    (failure) => log.warn({ code: 'database.disconnected', err: failure }, 'A connection to the database broke.'),
    () =>
      log.warn(
        { code: 'data_dir.open_to_others', folder: settings.dataDir },
        'Other users of this machine can read DATA_DIR, which could not be closed to them. Make it a folder of the user who runs the service, with mode 700.',
      ),
  );
  await database.transaction((tx) => ensureWorkspace(tx, defaultWorkspace, clock()));
  await applyDefinitions(database, settings, clock());
  const works = role !== 'web';
  // Nobody else can have the embedded database open.
  const workers =
    settings.databaseUrl === undefined
      ? undefined
      : joinWorkers(database, { clock, log, works }, { context: () => context, jobs: () => jobs });
  const jobs: Jobs = await createJobs(
    database,
    log,
    workers && {
      self: workers.id,
      holderOf: workers.holderOf,
      claim: (key) => workers.leaseFor(key).hold(),
      findHolder: async (key) => (await workers.findHolders([key])).get(key),
    },
  );

  // Whoever calls before it is ready is told to come back, and not left without an answer.
  const server = createServer((_request, response) => response.writeHead(503, { 'Retry-After': '5' }).end());
  await once(server.listen(settings.port, settings.host), 'listening');
  const { port } = server.address() as AddressInfo;
  const publicUrl = settings.publicUrl ?? localUrl(settings.host, port);

  const sandbox = settings.sandbox ? await openSandbox(publicUrl) : undefined;
  const network = createNetwork(settings.privateNetworks);
  const metrics = createMetrics({ database, monotonic: () => performance.now(), log });
  const parts = { settings, database, log, clock, wake: jobs.wake, metrics, publicUrl, sandbox, network };
  const context: Context = createContext({ ...parts, workers });
  for (const source of gaugeSources(context, jobs)) metrics.addSource(source);
  await openConfigured(context, defaultWorkspace);
  await openSaved(context);

  let stopping = false;
  const eventBuffer = createEventBuffer(context);
  const access = openAccess(context, settings, { publicUrl, workspaceId: defaultWorkspace });
  const isStopping = () => stopping;
  const answering =
    role === 'worker'
      ? createWorkerApp(context, { access, metrics, rateLimits: settings.rateLimits, isStopping })
      : createApp(context, {
          connectors,
          eventBuffer,
          publicUrl,
          publicUrlMissing: settings.publicUrl === undefined && listensToOthers(settings.host),
          workspaceId: defaultWorkspace,
          access,
          metrics,
          trustProxy: settings.trustProxy,
          rateLimits: settings.rateLimits,
          isStopping,
          beside: sandbox && {
            handler: sandbox.handler,
            vendors: new Set(sandbox.environments.keys()),
            isExposed: listensToOthers(settings.host) || !isLocal(publicUrl),
          },
        });
  server.removeAllListeners('request').on('request', answering);

  await workers?.start();
  if (works) {
    const handlers = createJobHandlers(context);
    await jobs.start({
      ...handlers,
      async sweep(key, signal) {
        await handlers.sweep(key, signal);
        await access.sweep();
      },
    });
  }
  await jobs.wake('sweep', 'all');
  await sandbox?.start();
  await announce(context, settings, { publicUrl, role });
  const setupLink = await access.setupLink();
  if (setupLink !== undefined)
    log.info(
      { code: 'setup.link', link: setupLink },
      'Nobody has an account yet. Open this link to create the first one.',
    );

  return {
    url: publicUrl,
    context,
    setupLink,
    async stop() {
      stopping = true;
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await eventBuffer.settled();
      await jobs.stop(patienceMs);
      server.closeAllConnections();
      await closed;
      await access.settled();
      await sandbox?.stop();
      await context.email?.stop();
      await context.brandEmail.stop();
      for (const live of context.connections.all()) await closeConnection(context, live);
      await network.stop();
      await workers?.stop();
      await database.stop();
    },
  };
}

async function openSandbox(publicUrl: string): Promise<Sandbox> {
  const simulators = await Promise.all(
    connectors.flatMap(({ name, title, simulate }) =>
      simulate ? [simulate().then((loaded) => ({ name, title, simulate: loaded }))] : [],
    ),
  );
  const { createSandbox } = await import('./sandbox/sandbox.ts');
  return createSandbox({ simulators, publicUrl, clock });
}

/** Whatever hangs on a line that will not end must not keep the process alive. */
async function end(service: Service): Promise<void> {
  setTimeout(() => process.exit(0), longestStopMs).unref();
  try {
    await service.stop();
    process.exit(0);
  } catch (failure) {
    service.context.log.error({ code: 'service.stop_failed', err: failure }, 'The service could not stop in order.');
    process.exit(1);
  }
}

/** Runs the service until the process is told to stop. @param argv what follows the name of the program */
export async function runService(argv: readonly string[]): Promise<void> {
  try {
    const service = await startService(readEnvironment(), { role: readRole(argv) });
    // Among the lines of the log it is easily missed by whoever sits before them.
    if (process.stdout.isTTY && service.setupLink !== undefined) {
      process.stdout.write(`\n  Make the first account here:\n\n  ${service.setupLink}\n\n`);
    }
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(service));
  } catch (failure) {
    if (!(failure instanceof ConfigurationProblem)) throw failure;
    process.stderr.write(describeProblems(failure.problems));
    process.exit(1);
  }
}
