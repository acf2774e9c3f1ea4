import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DestinationStream } from 'pino';
import { describeProblems } from '../config/describe-problems.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { isLocal, listensToOthers, localUrl } from '../config/public-url.ts';
import { readSettings, type Settings } from '../config/settings.ts';
import { connectors } from '../connectors/index.ts';
import { createApp } from './app.ts';
import { createContext, openAccess, openDatabase } from './assembly.ts';
import type { Context } from './context.ts';
import { gaugeSources } from './gauges.ts';
import { createJobHandlers, handOnJobs } from './job-handlers.ts';
import { ConfigurationProblem } from './model/errors.ts';
import { ensureWorkspace } from './modules/accounts/index.ts';
import { closeConnection, openConfigured, openSaved } from './modules/connections/index.ts';
import { createEventBuffer } from './modules/events/index.ts';
import {
  addSurvey,
  applySurveys,
  listSurveys,
  surveyContentFrom,
  surveyDefinition,
  surveyKeys,
} from './modules/surveys/index.ts';
import type { Database } from './platform/database/database.ts';
import { createJobs } from './platform/jobs/jobs.ts';
import { createLog } from './platform/log.ts';
import { createMetrics } from './platform/metrics.ts';
import { createNetwork } from './platform/network/network.ts';
import { defaultWorkspace } from './platform/workspaces/queries.ts';
import { createSandbox, type Sandbox } from './sandbox/sandbox.ts';

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

/**
 * Puts the whole service together and starts it.
 *
 * @param logTo takes the lines of its log; without it, standard output
 * @throws ConfigurationProblem
 */
export async function startService(environment: Environment, logTo?: DestinationStream): Promise<Service> {
  const settings = readSettings(environment, connectors);
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
  const jobs = await createJobs(database, log);
  await database.transaction((tx) => ensureWorkspace(tx, defaultWorkspace, clock()));
  await applyDefinitions(database, settings);

  // Whoever calls before it is ready is told to come back, and not left without an answer.
  const server = createServer((_request, response) => response.writeHead(503, { 'Retry-After': '5' }).end());
  await once(server.listen(settings.port, settings.host), 'listening');
  const { port } = server.address() as AddressInfo;
  const publicUrl = settings.publicUrl ?? localUrl(settings.host, port);

  const sandbox = settings.sandbox ? await openSandbox(publicUrl) : undefined;
  const network = createNetwork(settings.privateNetworks);
  const metrics = createMetrics({ database, monotonic: () => performance.now(), log });
  const context = createContext({
    ...{ settings, database, log, clock, wake: jobs.wake, metrics },
    ...{ publicUrl, sandbox, network },
  });
  for (const source of gaugeSources(context, jobs)) metrics.addSource(source);
  await openConfigured(context, defaultWorkspace);
  await openSaved(context);

  let stopping = false;
  const eventBuffer = createEventBuffer(context);
  const access = openAccess(context, settings, { publicUrl, workspaceId: defaultWorkspace });
  const app = createApp(context, {
    connectors,
    eventBuffer,
    publicUrl,
    publicUrlMissing: settings.publicUrl === undefined && listensToOthers(settings.host),
    workspaceId: defaultWorkspace,
    access,
    metrics,
    trustProxy: settings.trustProxy,
    rateLimits: settings.rateLimits,
    isStopping: () => stopping,
    beside: sandbox && {
      handler: sandbox.handler,
      vendors: new Set(sandbox.environments.keys()),
      isExposed: listensToOthers(settings.host) || !isLocal(publicUrl),
    },
  });
  server.removeAllListeners('request').on('request', app);

  const handlers = createJobHandlers(context);
  await jobs.start({
    ...handOnJobs(context, handlers),
    async sweep(key, signal) {
      await handlers.sweep(key, signal);
      await access.sweep();
    },
  });
  await jobs.wake('sweep', 'all');
  await sandbox?.start();
  await announce(context, settings, publicUrl);
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
      await context.releaseLeases();
      await database.stop();
    },
  };
}

/** The surveys of `SURVEYS_FILE`, or the one that comes with the service: a draft to begin with, live in the sandbox. */
async function applyDefinitions(database: Database, { surveys, sandbox, sandboxConnects }: Settings): Promise<void> {
  const isLive = sandbox && sandboxConnects;
  const usual = surveyDefinition.parse({
    key: 'after-ticket',
    metric: 'nps',
    ...(isLive ? { status: 'live', delay: 'PT10S', quietPeriod: 'PT0S' } : {}),
  });
  await database.transaction(async (tx) => {
    if (surveys !== undefined) return applySurveys(tx, defaultWorkspace, 'file', surveys, clock());
    const known = await surveyKeys(tx, defaultWorkspace);
    // The draft is theirs from the start: whoever took it away, and made others, is not given it again.
    if (known.length === 0 && !isLive) {
      await addSurvey(tx, { workspaceId: defaultWorkspace, key: usual.key, draft: surveyContentFrom(usual) });
    }
    const isApplied = isLive || known.some(({ key }) => key === usual.key);
    await applySurveys(tx, defaultWorkspace, 'default', isApplied ? [usual] : [], clock());
  });
}

async function openSandbox(publicUrl: string): Promise<Sandbox> {
  const simulators = await Promise.all(
    connectors.flatMap(({ name, title, simulate }) =>
      simulate ? [simulate().then((loaded) => ({ name, title, simulate: loaded }))] : [],
    ),
  );
  return createSandbox({ simulators, publicUrl, clock });
}

/** One line each for what an operator asks first. */
async function announce(
  { database, connections, email, log }: Context,
  settings: Settings,
  publicUrl: string,
): Promise<void> {
  const where = settings.databaseUrl === undefined ? { dataDir: settings.dataDir } : {};
  log.info({ code: 'service.listening', address: publicUrl }, 'The service is listening.');
  log.info({ code: 'database.open', database: database.kind, ...where }, 'The database is open.');
  const open = connections.all().map(({ connector, id }) => ({ connector: connector.name, id }));
  if (open.length > 0)
    log.info({ code: 'connection.open', connections: open, sandbox: settings.sandbox }, 'Connections are open.');
  else log.warn({ code: 'connection.none' }, 'No account is connected. Connect one in the console, or set its keys.');
  const live = (await listSurveys(database.db, defaultWorkspace, 'live')).map((survey) => survey.key);
  if (live.length > 0) log.info({ code: 'survey.live', surveys: live }, 'Surveys are live.');
  else
    log.warn(
      { code: 'survey.none_live' },
      'No survey is live, so nobody is asked. Publish one in the console, or set "status": "live" in SURVEYS_FILE.',
    );
  if (!email)
    log.warn(
      { code: 'email_server.not_set' },
      'No email server is configured. Invitations wait until SMTP_URL and MAIL_FROM are set.',
    );
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

if (import.meta.main) {
  try {
    const service = await startService(readEnvironment());
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
