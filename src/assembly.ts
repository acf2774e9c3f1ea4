import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { ensureSecretKey } from '../config/secret-key.ts';
import type { Settings } from '../config/settings.ts';
import { readTemplates } from '../config/templates.ts';
import { connectors } from '../connectors/index.ts';
import type { Context } from './context.ts';
import { withListeners } from './listeners.ts';
import { normalizeEmail } from './model/contact.ts';
import { type Access, createAccess, notifyOwner } from './modules/accounts/index.ts';
import { type ConnectionSource, createLiveConnections, type Offer } from './modules/connections/index.ts';
import { createBrandEmail, createEmailTemplates, createLinks } from './modules/invitations/index.ts';
import { createPageTokens } from './modules/responses/index.ts';
import type { Database } from './platform/database/database.ts';
import { createEmailRateLimiter } from './platform/email/email-rate-limiter.ts';
import type { EmailServer, UsualEmailServer } from './platform/email/email-server.ts';
import { createSmtp, type SmtpSettings } from './platform/email/smtp.ts';
import type { SmtpServer } from './platform/email/smtp-server.ts';
import { createEncryption } from './platform/encryption.ts';
import { createAddressHashes, createNetworkHashes } from './platform/hashes.ts';
import { createGathering } from './platform/jobs/gathering.ts';
import type { Wake } from './platform/jobs/jobs.ts';
import type { Metrics } from './platform/metrics.ts';
import type { Network } from './platform/network/network.ts';
import { releaseAllLeases } from './platform/workers/leases.ts';
import { createLoneWorker, type WorkerContext } from './platform/workers/workers.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export type Parts = {
  settings: Settings;
  database: Database;
  log: Logger;
  clock: () => Date;
  wake: Wake;
  metrics: Metrics;
  publicUrl: string;
  sandbox: Sandbox | undefined;
  network: Network;
  /** Where other processes may share the database; without it, this one has it for itself. */
  workers?: WorkerContext | undefined;
};

/** What the flows work with, put together from the settings. */
export function createContext(parts: Parts): Context {
  const { settings, database, log, clock, wake, metrics, publicUrl, sandbox, network, workers } = parts;
  const secretKeys = readSecretKeys(settings);
  const reachable = settings.publicUrl !== undefined || sandbox !== undefined;
  const context: Context = withListeners({
    database,
    clock,
    monotonic: () => performance.now(),
    log,
    wake,
    metrics,
    gathering: createGathering(() => performance.now()),
    connections: createLiveConnections(),
    sources: connectionSources(settings, sandbox),
    offers: offersOf(sandbox, settings.privateNetworks.length > 0),
    send: network.senders,
    typedHosts: network.typedHosts,
    encryption: createEncryption(secretKeys),
    links: createLinks(publicUrl, secretKeys),
    addressHashes: createAddressHashes(secretKeys),
    networkHashes: createNetworkHashes(secretKeys),
    pageTokens: createPageTokens(secretKeys),
    email: createEmailTransport(settings, sandbox, clock),
    // What is tried out must not reach real people, whatever server a brand has.
    brandEmail: createBrandEmail((server) => {
      const setting = "the brand's smtpUrl";
      if (sandbox) return openEmailServer(sandbox.smtpServer, clock, { setting });
      return openEmailServer(server, clock, { setting, connect: network.smtpConnect });
    }),
    emailTemplates: createEmailTemplates(),
    texts: settings.texts,
    templates: readTemplates(),
    ownAddresses: new Set([normalizeEmail(settings.mailFrom?.address ?? '') ?? '']),
    reconcileEvery: settings.reconcileEvery,
    webhookUrl: (connector) => (reachable ? `${publicUrl}/webhooks/${connector}` : undefined),
    ...(workers ??
      createLoneWorker(database, { clock, onTaken: (key, from) => context.listeners.leaseTaken(key, from) })),
  });
  return context;
}

/** Who may do what here. */
export function openAccess(
  context: Context,
  settings: Settings,
  { publicUrl, workspaceId }: { publicUrl: string; workspaceId: string },
): Access {
  const { database, encryption, clock, log } = context;
  const { apiKey, singleSignOn, sessions } = settings;
  return createAccess({
    database,
    encryption,
    clock,
    log,
    publicUrl,
    secretKeys: readSecretKeys(settings),
    apiKey,
    singleSignOn,
    sessions,
    workspaceId,
    notify: (event, userId) => void notifyOwner(context, `${publicUrl}/account`, event, userId),
  });
}

/** @throws ConfigurationProblem when another process has the embedded one */
export async function openDatabase(
  settings: Settings,
  onIdleError: (failure: Error) => void,
  onOpenToOthers?: () => void,
): Promise<Database> {
  // Only one of the two is ever needed.
  if (settings.databaseUrl !== undefined) {
    const { openPostgresql } = await import('./platform/database/postgresql.ts');
    return openPostgresql(settings.databaseUrl, onIdleError, settings.databaseReadUrl);
  }
  const { openEmbedded } = await import('./platform/database/embedded.ts');
  const database = await openEmbedded(settings.dataDir, onOpenToOthers);
  // Only this process can have it open, so whoever held a lease is gone.
  await releaseAllLeases(database, new Date());
  return database;
}

function readSecretKeys({ secretKeys, dataDir }: Settings): readonly [string, ...string[]] {
  const [first, ...others] = secretKeys;
  return first === undefined ? [ensureSecretKey(dataDir)] : [first, ...others];
}

function connectionSources(settings: Settings, sandbox: Sandbox | undefined): ConnectionSource[] {
  if (!sandbox) {
    return settings.connectors.flatMap((source) => [
      { ...source, origin: 'environment' as const },
      { ...source, origin: 'authorization' as const },
    ]);
  }
  if (!settings.sandboxConnects) return [];
  return offersOf(sandbox, false).map(({ connector, simulated }) => ({
    connector,
    settings: connector.settings.parse(simulated),
    origin: 'sandbox' as const,
  }));
}

/** In the sandbox only what is simulated: what is tried out must not reach a real account. */
function offersOf(sandbox: Sandbox | undefined, takesAddress: boolean): Offer[] {
  if (!sandbox) return connectors.map((connector) => ({ connector, takesAddress }));
  return connectors.flatMap((connector) => {
    const simulated = sandbox.environments.get(connector.name);
    return simulated ? [{ connector, simulated }] : [];
  });
}

/** The configured email server; the sandbox's inbox only for simulated contacts. */
function createEmailTransport(
  { smtpServer, mailFrom }: Settings,
  sandbox: Sandbox | undefined,
  clock: () => Date,
): UsualEmailServer | undefined {
  const server = sandbox?.smtpServer ?? smtpServer;
  const from = sandbox?.from ?? mailFrom;
  if (server === undefined || from === undefined) return undefined;
  return { ...openEmailServer(server, clock, { sender: from.address }), from };
}

function openEmailServer(server: SmtpServer, clock: () => Date, settings: SmtpSettings): EmailServer {
  const transport = createSmtp(server, { stopping: 4000, ...settings });
  const rateLimiter = createEmailRateLimiter({ clock });
  const { host, port, user = '' } = server;
  return {
    rateLimiter,
    identity: createHash('sha256').update(`${user}@${host}:${port}`).digest('base64url'),
    send: (email) => transport.send(email),
    verify: () => transport.verify(),
    stop: () => {
      rateLimiter.stop();
      return transport.stop();
    },
  };
}
