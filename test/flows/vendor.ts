import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type {
  Connection,
  ConnectionTools,
  Connector,
  FieldsWrite,
  Finding,
  Guide,
  Inspection,
  MarkOutcome,
  Panel,
  TicketMark,
  TicketMarkOutcome,
  WriteOutcome,
  WriteReport,
} from '../../src/connector.ts';
import { type ContactSnapshot, normalizeEmail } from '../../src/model/contact.ts';
import type { RecordValues } from '../../src/model/crm-field-definitions.ts';
import { UpstreamBusy } from '../../src/model/errors.ts';
import { connectorMessage } from '../../src/model/messages/failure-message.ts';
import { refusedFinding } from '../../src/model/messages/finding.ts';
import type { TicketSnapshot } from '../../src/model/ticket.ts';
import { addConnectorCatalog } from '../../src/platform/messages/render.ts';
import { vendorSays } from '../vendor-says.ts';

addConnectorCatalog({
  en: { 'acme.key_unknown': 'acme does not know this key. Copy it again into {{setting, setting}}.' },
  ...{ de: {}, fr: {}, es: {}, nb: {} },
});

export type Call =
  | 'find ticket'
  | 'changes'
  | 'mark'
  | 'unmark'
  | 'find contacts'
  | 'read'
  | 'write'
  | 'finish'
  | 'create'
  | 'ensure';

/** What the vendor does with a write instead of simply doing it. `apply` does it. */
export type WriteBehaviour = (
  writes: readonly FieldsWrite[],
  apply: (writes: readonly FieldsWrite[]) => WriteOutcome[],
) => WriteReport | Promise<WriteReport>;

/** A system held in memory: what it shows is what the test put there, what it is told it remembers. */
export type Vendor = {
  connector: Connector;
  account: string;
  /** The key that it takes from an admin. */
  key: string;
  isDown: boolean;
  /** What it says of rights that a key lacks. */
  missingScopes: Finding[];
  tickets: Map<string, TicketSnapshot>;
  contacts: Map<string, ContactSnapshot>;
  /** What stands on each record. */
  records: Map<string, RecordValues>;
  /** The winner of a merge by its loser. */
  merged: Map<string, string>;
  /** The ids of people whom it has deleted for good, of which it tells nobody. */
  deletedForGood: Set<string>;
  /** What the tickets were marked with, oldest first. */
  marks: TicketMark[];
  /** The tickets that show their mark, by id. */
  marked: Map<string, TicketMark>;
  /** What the next marks meet; when it is used up they are simply done. */
  marking: (() => MarkOutcome | Promise<MarkOutcome>)[];
  /** Likewise of marks that are taken away. */
  unmarking: (() => MarkOutcome)[];
  /** Every call, oldest first, with the ids it named. */
  calls: { call: Call; ids: readonly string[] }[];
  /** Fields that `ensure` reports. */
  findings: Finding[];
  /** Pages that the next polls get, instead of everything that changed since. */
  pages: { ids: readonly string[]; cursor?: string; more: boolean; completeUntil: Date }[];
  addContact(shown?: Partial<ContactSnapshot>): ContactSnapshot;
  addTicket(shown: Partial<TicketSnapshot>): TicketSnapshot;
  /** The ticket shows this from now on. */
  show(id: string, changes: Partial<TicketSnapshot>): void;
  /** Runs before each call, and may throw or wait. */
  before: (call: Call, ids: readonly string[]) => void | Promise<void>;
  /** What the next writes meet; when it is used up they are simply done. */
  writing: WriteBehaviour[];
  /** Takes a write as a job, to be done when the test says so. */
  later: WriteBehaviour;
  /** Jobs that are not done, by receipt. */
  jobs: Map<string, { writes: readonly FieldsWrite[]; outcomes?: readonly WriteOutcome[] }>;
  /** Does one of the jobs; it is reported when it is next asked for. */
  doJob(receipt: string): void;
  /** Told of every change of a record. */
  onApply: (id: string, values: RecordValues) => void;
};

type AcmeKeys = { ACME_KEY?: string; ACME_ACCOUNT?: string };

const key = z
  .string()
  .min(8, 'has to be at least 8 characters')
  .optional()
  .meta({ description: 'The key.', secret: true, example: 'a-key' });

const acmeGuide: Guide = {
  color: '#336699',
  summary: { en: 'Tickets and contacts; scores stand on the contact.' },
  fields: {
    ACME_KEY: { label: 'Key', help: 'Stands on the page of keys.' },
    ACME_ACCOUNT: { label: 'Account', help: 'Which one, if you have several.' },
    ACME_URL: { label: 'Address', help: 'Leave it empty, unless it is elsewhere.' },
  },
  keys: [
    {
      name: 'key',
      title: 'A key',
      steps: ['Copy a key, and let acme call {webhookUrl}.'],
      needs: ['ACME_KEY'],
      may: ['ACME_ACCOUNT', 'ACME_URL'],
    },
  ],
  address: 'ACME_URL',
};
/** What the panels of these vendors sign with. */
export const panelSecret = 'only-for-tests-0123456789abcdef0123456789';

/** A contact without the properties that nobody asked for. */
function shownTo(
  requests: { properties?: readonly string[] } | undefined,
  { properties = {}, ...contact }: ContactSnapshot,
): ContactSnapshot {
  if (!requests?.properties) return contact;
  const requested = Object.entries(properties).filter(([name]) => requests.properties?.includes(name));
  return { ...contact, properties: Object.fromEntries(requested) };
}

export function createVendor({
  clock,
  name = 'acme',
  batchSize = 100,
  panel,
}: {
  clock: () => Date;
  name?: string;
  batchSize?: number;
  panel?: Panel | undefined;
}): Vendor {
  const account = String(randomInt(2 ** 40));
  let lastId = 0;
  const newId = () => `${name}-${++lastId}`;

  function apply(writes: readonly FieldsWrite[]): WriteOutcome[] {
    return writes.map(({ id, values }): WriteOutcome => {
      const winner = vendor.merged.get(id);
      if (winner !== undefined) return { id, result: 'moved', to: winner };
      if (!vendor.contacts.has(id)) return { id, result: 'gone' };
      vendor.records.set(id, { ...vendor.records.get(id), ...values });
      vendor.onApply(id, values);
      return { id, result: 'written' };
    });
  }

  async function markOne(mark: TicketMark): Promise<MarkOutcome> {
    const meet = vendor.marking.shift();
    if (meet) return meet();
    if (!vendor.tickets.has(mark.id)) return { result: 'gone' };
    vendor.marks.push(mark);
    vendor.marked.set(mark.id, mark);
    return { result: 'marked' };
  }

  async function called(call: Call, ids: readonly string[]): Promise<void> {
    vendor.calls.push({ call, ids });
    await vendor.before(call, ids);
  }

  function connect({ rateLimiter }: ConnectionTools, keys: AcmeKeys): Connection {
    return {
      ...(panel ? { panelSecrets: async () => [panelSecret] } : {}),
      tickets: {
        batchSize,
        find: (ids, requests) =>
          rateLimiter.run('read', async () => {
            await called('find ticket', ids);
            return ids.flatMap((id): TicketSnapshot[] => {
              const ticket = vendor.tickets.get(id);
              const requester = vendor.contacts.get(ticket?.requester?.id ?? '');
              if (!ticket) return [];
              return [requester ? { ...ticket, requester: shownTo(requests, requester) } : ticket];
            });
          }),
        changedSince: (since, cursor) =>
          rateLimiter.run('search', async () => {
            await called('changes', [since.toISOString(), cursor ?? '']);
            const page = vendor.pages.shift();
            const changed = [...vendor.tickets.values()].filter(({ updatedAt }) => updatedAt && updatedAt >= since);
            const ids = page?.ids ?? changed.map((ticket) => ticket.id);
            return {
              changes: ids.map((id) => ({ id, changedAt: vendor.tickets.get(id)?.updatedAt ?? clock() })),
              ...(page?.cursor === undefined ? {} : { cursor: page.cursor }),
              more: page?.more ?? false,
              completeUntil: page?.completeUntil ?? clock(),
            };
          }),
        mark: (marks) =>
          rateLimiter.run('write', async () => {
            const ids = marks.map(({ id }) => id);
            await called('mark', ids);
            const outcomes: TicketMarkOutcome[] = [];
            for (const mark of marks) outcomes.push({ id: mark.id, ...(await markOne(mark)) });
            return outcomes;
          }),
        unmark: (ids) =>
          rateLimiter.run('write', async () => {
            await called('unmark', ids);
            return ids.map((id) => {
              const meet = vendor.unmarking.shift();
              if (meet) return { id, ...meet() };
              if (!vendor.tickets.has(id)) return { id, result: 'gone' };
              vendor.marked.delete(id);
              return { id, result: 'unmarked' };
            });
          }),
      },
      contacts: {
        batchSize,
        find: (by, requests) =>
          rateLimiter.run('search', async () => {
            await called('find contacts', 'ids' in by ? by.ids : by.emails);
            const all = [...vendor.contacts.values()].map((contact) => shownTo(requests, contact));
            if ('ids' in by) {
              // It answers for a record that went up in another one with that other one.
              const standing = by.ids.map((id) => vendor.merged.get(id) ?? id);
              return all.filter(({ id }) => standing.includes(id));
            }
            return all.filter(({ email }) => email !== undefined && by.emails.includes(normalizeEmail(email) ?? ''));
          }),
        readFields: (ids) =>
          rateLimiter.run('read', async () => {
            await called('read', ids);
            const known = ids.filter((id) => vendor.contacts.has(id));
            return new Map(known.map((id) => [id, vendor.records.get(id) ?? {}]));
          }),
        writeFields: (writes) =>
          rateLimiter.run('write', async () => {
            await called(
              'write',
              writes.map(({ id }) => id),
            );
            const behave = vendor.writing.shift();
            return behave ? behave(writes, apply) : { outcomes: apply(writes) };
          }),
        finishWrite: (receipt) =>
          rateLimiter.run('read', async () => {
            await called('finish', [receipt]);
            const job = vendor.jobs.get(receipt);
            if (!job) return [];
            if (job.outcomes) vendor.jobs.delete(receipt);
            return job.outcomes;
          }),
        erased: (ids) => rateLimiter.run('read', async () => ids.filter((id) => vendor.deletedForGood.has(id))),
        create: (contact) =>
          rateLimiter.run('write', async () => {
            await called('create', [contact.email]);
            return vendor.addContact(contact);
          }),
      },
      provisioning: {
        check: async () => (keys.ACME_KEY === undefined ? { account, findings: [] } : inspectByKey(keys)),
        ensure: () =>
          rateLimiter.run('write', async () => {
            await called('ensure', []);
            return { account: keys.ACME_ACCOUNT ?? account, host: 'pages.example', findings: vendor.findings };
          }),
      },
    };
  }

  function inspectByKey({ ACME_KEY: given, ACME_ACCOUNT: other }: AcmeKeys): Inspection {
    if (vendor.isDown) throw new UpstreamBusy(vendorSays('server_failed'));
    if (given === vendor.key) return { account: other ?? account, findings: vendor.missingScopes };
    const why = connectorMessage({ code: 'acme.key_unknown', params: { setting: 'ACME_KEY' } });
    return { findings: [refusedFinding({ kind: 'credentials' }, why)] };
  }

  const vendor: Vendor = {
    account,
    key: 'a-key-that-acme-takes',
    isDown: false,
    missingScopes: [],
    connector: {
      name,
      title: name,
      // Without a key it is the account that the flows work with.
      settings: z.object({ ACME_KEY: key, ACME_ACCOUNT: z.string().optional(), ACME_URL: z.string().optional() }),
      guide: acmeGuide,
      connects: () => true,
      limits: { calls: 1_000_000, window: 1000, atOnce: 10 },
      ...(panel ? { panel } : {}),
      connect: (settings, tools) => connect(tools, settings as AcmeKeys),
    },
    tickets: new Map(),
    contacts: new Map(),
    records: new Map(),
    merged: new Map(),
    deletedForGood: new Set(),
    marks: [],
    marked: new Map(),
    marking: [],
    unmarking: [],
    calls: [],
    findings: [],
    pages: [],
    addContact(shown = {}) {
      const id = shown.id ?? newId();
      const email = 'email' in shown ? shown.email : `contact-${id}@example.com`;
      const contact: ContactSnapshot = {
        ...shown,
        id,
        ...(email === undefined ? {} : { email }),
        emails: shown.emails ?? (email === undefined ? [] : [{ address: email, verified: true }]),
      };
      vendor.contacts.set(id, contact);
      return contact;
    },
    addTicket(shown) {
      const ticket: TicketSnapshot = { id: newId(), state: 'open', tags: [], updatedAt: clock(), ...shown };
      vendor.tickets.set(ticket.id, ticket);
      return ticket;
    },
    show(id, changes) {
      const ticket = vendor.tickets.get(id);
      if (ticket) vendor.tickets.set(id, { ...ticket, updatedAt: clock(), ...changes });
    },
    before: () => {},
    writing: [],
    later: (writes) => {
      const receipt = randomUUID();
      vendor.jobs.set(receipt, { writes });
      return { outcomes: [], unfinished: { receipt, ids: writes.map(({ id }) => id) } };
    },
    jobs: new Map(),
    doJob(receipt) {
      const job = vendor.jobs.get(receipt);
      if (job && !job.outcomes) job.outcomes = apply(job.writes);
    },
    onApply: () => {},
  };
  return vendor;
}
