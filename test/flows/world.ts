import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { readTemplates } from '../../config/templates.ts';
import type { Panel, Send } from '../../src/connector.ts';
import type { Context } from '../../src/context.ts';
import { createJobHandlers } from '../../src/job-handlers.ts';
import { withListeners } from '../../src/listeners.ts';
import { readTexts } from '../../src/model/locale.ts';
import type { TicketSnapshot } from '../../src/model/ticket.ts';
import { ensureWorkspace } from '../../src/modules/accounts/queries/workspaces.ts';
import { type ConnectionSource, createLiveConnections, type Offer } from '../../src/modules/connections/context.ts';
import { openConfigured } from '../../src/modules/connections/open.ts';
import { contact } from '../../src/modules/contacts/tables.ts';
import { listDecisions } from '../../src/modules/decisions/queries/list-decisions.ts';
import { addEvents } from '../../src/modules/events/queries/events.ts';
import { createBrandEmail } from '../../src/modules/invitations/brand-email.ts';
import { createEmailTemplates } from '../../src/modules/invitations/email/rendered-templates.ts';
import { createLinks } from '../../src/modules/invitations/links.ts';
import { listInvitations } from '../../src/modules/invitations/queries/list-invitations.ts';
import { listServersInUse } from '../../src/modules/invitations/queries/sending.ts';
import { addressState, invitation } from '../../src/modules/invitations/tables.ts';
import { crmFields, recordLink } from '../../src/modules/records/tables.ts';
import { confirm } from '../../src/modules/responses/confirm.ts';
import { findInvited, type InvitedContact } from '../../src/modules/responses/invited.ts';
import { createPageTokens } from '../../src/modules/responses/page-tokens.ts';
import { response } from '../../src/modules/responses/tables.ts';
import { applySurveys } from '../../src/modules/surveys/queries/surveys.ts';
import { surveyDefinition } from '../../src/modules/surveys/survey.ts';
import { ticket } from '../../src/modules/tickets/tables.ts';
import type { Database } from '../../src/platform/database/database.ts';
import type { Email } from '../../src/platform/email/email.ts';
import type { Time } from '../../src/platform/email/email-rate-limiter.ts';
import type { UsualEmailServer } from '../../src/platform/email/email-server.ts';
import { parseSmtpUrl, type SmtpServer } from '../../src/platform/email/smtp-server.ts';
import { createEncryption } from '../../src/platform/encryption.ts';
import { createAddressHashes, createNetworkHashes } from '../../src/platform/hashes.ts';
import { createGathering, type Gathering } from '../../src/platform/jobs/gathering.ts';
import type { JobName } from '../../src/platform/jobs/jobs.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import type { Lookup } from '../../src/platform/network/guarded-lookup.ts';
import { createNetwork, type Senders } from '../../src/platform/network/network.ts';
import { releaseAllLeases } from '../../src/platform/workers/leases.ts';
import { createLoneWorker } from '../../src/platform/workers/workers.ts';
import { createFakeEmailServer, type FakeEmailServer } from './fake-email-server.ts';
import { createVendor, type Vendor } from './vendor.ts';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

const start = new Date('2026-11-02T09:00:00Z');
const readLanguage = (tag: string) =>
  readTexts(JSON.parse(readFileSync(join(import.meta.dirname, `../../config/locales/${tag}.json`), 'utf8')));
const noSignal = new AbortController().signal;

/** Every batch runs when it is asked for. */
const atOnce: Gathering = { waitMs: () => 0, noteBatch: () => {} };

const secondOf = (at: Date) => Math.ceil(at.getTime() / 1000);

type Woken = { job: JobName; key: string; at: Date };
export type LogLine = { level: number; code: string } & Record<string, unknown>;

/** The flows on a database of their own workspace, with one vendor or two, an email server, and time that stands still. */
export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld(
  database: Database,
  {
    surveys = [{}],
    batchSize = 100,
    vendors: names = ['acme'],
    panels = {},
    languages = ['en'],
    offers = [],
    openedNetworks = [],
    lookup,
    longestCall,
    connectEmail,
    gathers = false,
    systems = async () => [],
  }: {
    surveys?: readonly object[];
    batchSize?: number;
    vendors?: readonly string[];
    panels?: Readonly<Record<string, Panel>>;
    languages?: readonly string[];
    /** What can be connected besides the vendors of this world. */
    offers?: readonly Offer[];
    /** What `ALLOW_PRIVATE_ADDRESSES` says. */
    openedNetworks?: readonly string[];
    /** What resolves the names of typed hosts, in the place of the system. */
    lookup?: Lookup;
    /** Milliseconds of real time after which a call that got no answer is over, in the place of its own deadline. */
    longestCall?: number;
    /** An email server instead of the postbox. */
    connectEmail?: (time: Time) => UsualEmailServer;
    /** Whether small batches that follow one another are gathered, as in the service. */
    gathers?: boolean;
    /** Further systems that are connected, which go by the clock of this world. */
    systems?: (clock: () => Date) => Promise<readonly ConnectionSource[]>;
  } = {},
) {
  let now = start;
  const clock = () => now;
  // Nothing sleeps: whoever waits moves the clock.
  const waitUntil = async (at: Date) => {
    now = new Date(Math.max(now.getTime(), at.getTime()));
  };
  const workspaceId = `workspace-${randomUUID()}`;
  const vendors = names.map((name) => createVendor({ clock, name, batchSize, panel: panels[name] }));
  const fakeEmailServer: FakeEmailServer = createFakeEmailServer(clock, waitUntil);
  const brandEmailServers = new Map<string, FakeEmailServer>();
  const network = createNetwork(openedNetworks, lookup ? { lookup } : {});
  const further = await systems(clock);
  const logs: LogLine[] = [];
  const log = pino({ level: 'debug', base: null }, { write: (line) => void logs.push(JSON.parse(line) as LogLine) });
  const wakes: Woken[] = [];
  const metrics = createMetrics({ database, monotonic: () => now.getTime(), log });

  await ensureWorkspace(database.db, workspaceId, now);
  // The world before it on this database is over.
  await releaseAllLeases(database, now);
  await database.db.update(invitation).set({ clearedUntil: null });

  function ensureFakeEmailServer({ host, port }: SmtpServer): FakeEmailServer {
    const known = brandEmailServers.get(`${host}:${port}`) ?? createFakeEmailServer(clock, waitUntil);
    brandEmailServers.set(`${host}:${port}`, known);
    return known;
  }

  /** The email server at this address, which a brand may have. */
  function brandEmailServer(url: string): FakeEmailServer {
    const server = parseSmtpUrl(url);
    if ('problem' in server) throw new Error(server.problem.code);
    return ensureFakeEmailServer(server);
  }

  function begin(): Context {
    const begun: Context = withListeners({
      database,
      clock,
      monotonic: () => now.getTime(),
      log,
      wake: async (job, key, at = now) => {
        // As the job engine does it: wake-ups of one thing for one second are one.
        const isSame = (woken: Woken) => woken.job === job && woken.key === key && secondOf(woken.at) === secondOf(at);
        if (!wakes.some(isSame)) wakes.push({ job, key, at });
      },
      metrics,
      gathering: gathers ? createGathering(() => now.getTime()) : atOnce,
      connections: createLiveConnections(),
      sources: [
        ...vendors.map(({ connector }) => ({ connector, settings: {}, origin: 'environment' as const })),
        ...further,
      ],
      offers: [...vendors.map(({ connector }) => ({ connector })), ...offers],
      send: longestCall === undefined ? network.senders : endingAfter(longestCall, network.senders),
      typedHosts: network.typedHosts,
      encryption: createEncryption(['only-for-tests-0123456789abcdef0123456789']),
      links: createLinks('https://surveys.example', ['only-for-tests-0123456789abcdef0123456789']),
      addressHashes: createAddressHashes(['only-for-tests-0123456789abcdef0123456789']),
      networkHashes: createNetworkHashes(['only-for-tests-0123456789abcdef0123456789']),
      pageTokens: createPageTokens(['only-for-tests-0123456789abcdef0123456789']),
      email: connectEmail?.({ clock, waitUntil }) ?? fakeEmailServer.connect(),
      brandEmail: createBrandEmail((server) => ensureFakeEmailServer(server).connect()),
      emailTemplates: createEmailTemplates(),
      texts: new Map(languages.map((tag) => [tag, readLanguage(tag)])),
      templates: readTemplates(),
      ownAddresses: new Set(['support@acme.example']),
      reconcileEvery: 5 * minute,
      webhookUrl: () => undefined,
      ...createLoneWorker(database, {
        clock,
        onTaken: (key, from) => begun.listeners.leaseTaken(key, from),
      }),
    });
    return begun;
  }

  let context = begin();
  const [firstVendor] = vendors;
  if (!firstVendor) throw new Error('a world needs a vendor');

  const isOurs = ({ job, key }: Pick<Woken, 'job' | 'key'>) =>
    job === 'dry-run' || job === 'send' || key === workspaceId || context.connections.find(key) !== undefined;

  /** Does one job now. */
  const work = (job: JobName, key: string) => createJobHandlers(context)[job](key, noSignal);

  /** Rechecks what is due, and sends what was cleared. */
  async function deliver(): Promise<void> {
    for (const { id } of context.connections.all()) await work('recheck', id);
    await work('recheck', workspaceId);
    for (const serverId of await listServersInUse(database.db, now)) await work('send', serverId);
  }

  function connectionId(vendor: Vendor = firstVendor as Vendor): string {
    const live = context.connections.all().find(({ connector }) => connector === vendor.connector);
    if (!live) throw new Error('the connection is not open');
    return live.id;
  }

  /** Puts these surveys in the place of those before, as `SURVEYS_FILE` does. */
  async function survey(...definitions: readonly object[]): Promise<void> {
    const usual = { key: 'after-ticket', metric: 'nps', status: 'live', company: 'Acme', delay: 'PT1H' };
    const parsed = definitions.map((definition) => surveyDefinition.parse({ ...usual, ...definition }));
    await database.transaction((tx) => applySurveys(tx, workspaceId, 'file', parsed, now));
  }

  /** The vendor says that something about this may have changed. */
  async function leaveEvent(objectId: string, kind = 'ticket.changed', vendor?: Vendor): Promise<void> {
    const of = { workspaceId, connectionId: connectionId(vendor), key: randomUUID(), kind, objectId };
    await addEvents(database.db, [{ ...of, happenedAt: now, receivedAt: now, dueAt: now }]);
  }

  /** And we look. */
  async function event(objectId: string, kind?: string, vendor?: Vendor): Promise<void> {
    await leaveEvent(objectId, kind, vendor);
    await work('dispatch', connectionId(vendor));
  }

  /** A contact with a ticket that the vendor shows as open, and that we have seen. */
  async function openTicket(
    { requester, ...shown }: Partial<TicketSnapshot> = {},
    vendor: Vendor = firstVendor as Vendor,
  ) {
    const from = requester ?? vendor.addContact({ name: 'Ann' });
    const ticket = vendor.addTicket({ requester: from, publicReplies: 1, handler: 'human_agent', ...shown });
    await event(ticket.id, 'ticket.changed', vendor);
    return { requester: from, ticket, email: from.email ?? '' };
  }

  /** The ticket is resolved now, and we hear of it. */
  async function resolve(id: string, shown: Partial<TicketSnapshot> = {}, vendor: Vendor = firstVendor as Vendor) {
    vendor.show(id, { state: 'resolved', resolvedAt: now, ...shown });
    await event(id, 'ticket.changed', vendor);
  }

  /** A contact with a ticket that was resolved just now. */
  async function resolvedTicket(shown: Partial<TicketSnapshot> = {}, vendor?: Vendor) {
    const opened = await openTicket(shown, vendor);
    await resolve(opened.ticket.id, {}, vendor);
    return opened;
  }

  let sweptAt = 0;

  /** Does whatever is due, and what becomes due through it. */
  async function rest(): Promise<void> {
    for (let round = 0; round < 500; round += 1) {
      const due = wakes.findIndex(({ at }) => at <= now);
      const [woken] = due < 0 ? [] : wakes.splice(due, 1);
      if (!woken) return;
      if (isOurs(woken)) await work(woken.job, woken.key);
    }
    throw new Error('it never came to rest');
  }

  /** Does whatever is due, and what becomes due through it; the sweep makes up for lost wake-ups. */
  async function runDue(): Promise<void> {
    sweptAt = now.getTime();
    await work('sweep', 'all');
    await rest();
  }

  /** As often as the service does it. */
  const runDueByTheMinute = () => (now.getTime() - sweptAt >= minute ? runDue() : rest());

  /** Lets time pass, stopping wherever something is to be done; polls are left to the tests of polling. */
  async function pass(length: number): Promise<void> {
    const until = new Date(now.getTime() + length);
    await runDue();
    for (;;) {
      await runDueByTheMinute();
      const [next] = wakes
        .filter((woken) => woken.job !== 'poll' && woken.at <= until && isOurs(woken))
        .sort((a, b) => a.at.getTime() - b.at.getTime());
      if (!next) break;
      now = next.at;
    }
    await waitUntil(until);
    await runDueByTheMinute();
  }

  /** Opens the email's link, as the page does. */
  async function invited(sentEmail: Email): Promise<InvitedContact> {
    const token = /\/s\/(?<token>[^?\s]+)/u.exec(sentEmail.text)?.groups?.token ?? '';
    const found = await findInvited(context, 'survey', token);
    if (!found) throw new Error('the link opens nothing');
    return found;
  }

  /** Somebody new who has been asked. */
  async function asked(shown: Partial<TicketSnapshot> = {}, vendor?: Vendor) {
    const { requester, ticket, email } = await resolvedTicket(shown, vendor);
    await pass(hour);
    const sentEmail = fakeEmailServer.to(email).at(-1);
    if (!sentEmail) throw new Error('no one was asked');
    return { sentEmail, requester, recordId: requester.id, ticketId: ticket.id, email };
  }

  const ours = <Row extends { workspaceId: string }>(rows: readonly Row[]) =>
    rows.filter((row) => row.workspaceId === workspaceId);

  const world = {
    get context(): Context {
      return context;
    },
    database,
    workspaceId,
    metrics,
    vendor: firstVendor,
    vendors,
    fakeEmailServer,
    brandEmailServer,
    logs,
    wakes,
    clock,
    connectionId,
    survey,
    leaveEvent,
    event,
    openTicket,
    resolve,
    resolvedTicket,
    work,
    deliver,
    flush: (vendor?: Vendor) => work('write', connectionId(vendor)),
    runDue,
    pass,
    /** Only moves the clock. */
    jump(length: number): void {
      now = new Date(now.getTime() + length);
    },
    /** The process is killed and starts again: what it had in memory is gone. */
    async crash(): Promise<void> {
      wakes.length = 0;
      context = begin();
      await releaseAllLeases(database, now);
      await openConfigured(context, workspaceId);
    },
    invited,
    async answer(sentEmail: Email, rating: number, comment = '') {
      return confirm(context, await invited(sentEmail), { rating, comment });
    },
    asked,
    decisions: async (ticket: string) =>
      (await listDecisions(database.db, workspaceId, { ticket }, { limit: 50 })).items,
    invitations: async (ticket: string) =>
      (await listInvitations(database.db, workspaceId, { ticket }, { limit: 50 })).items,
    recordLinks: async () => ours(await database.db.select().from(recordLink)),
    crmFields: async () => ours(await database.db.select().from(crmFields)),
    addressStates: async () => ours(await database.db.select().from(addressState)),
    tickets: async () => ours(await database.db.select().from(ticket)),
    contacts: async () => ours(await database.db.select().from(contact)),
    responses: async () => ours(await database.db.select().from(response)),
    /** The codes of what the log says from a warning upwards. */
    complaints: () => logs.filter(({ level }) => level >= 40).map(({ code }) => code),
  };

  await survey(...surveys);
  await openConfigured(context, workspaceId);
  await runDue();
  logs.length = 0;
  for (const vendor of vendors) vendor.calls.length = 0;
  return world;
}

function endingAfter(longest: number, { operator, vendor, typed, tried }: Senders): Senders {
  const ending =
    (send: Send): Send =>
    (request) =>
      send({ ...request, timeout: Math.min(longest, request.timeout) });
  return { operator: ending(operator), vendor: ending(vendor), typed: ending(typed), tried: ending(tried) };
}
