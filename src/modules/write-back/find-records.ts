import type { ContactSnapshot } from '../../model/contact.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { RecordOutcome } from '../../model/messages/write-outcome.ts';
import { claimMs } from '../../platform/jobs/timing.ts';
import { findConnection, type LiveConnection } from '../connections/index.ts';
import {
  addressesIn,
  type ContactsContext,
  candidatesFor,
  findAddresses,
  findContact,
  lockContact,
  noteAddresses,
  refreshOwners,
} from '../contacts/index.ts';
import {
  type FoundRecord,
  inSync,
  linkRecord,
  linkRequested,
  postponeRecordLinks,
  updateRecordLinks,
} from '../records/index.ts';
import { claimRequestedLinks } from './queries/record-link-claims.ts';
import { refuseRecord } from './save-outcomes.ts';

type RequestedLink = { id: string; contactId: string; attempts: number };

/**
 * Finds the records of contacts whose score is to be written and whom this system may know: by address, a batch at a
 * time, once. Somebody it does not know is an outcome. @returns how many it looked for
 */
export async function findRequestedRecords(context: ContactsContext, live: LiveConnection): Promise<number> {
  const { database, clock } = context;
  const { contacts } = live.capabilities;
  if (!contacts) return 0;
  const now = clock();
  const until = new Date(now.getTime() + claimMs);
  const requested = await claimRequestedLinks(database.db, live.id, { now, until, limit: contacts.batchSize });
  if (requested.length === 0) return 0;
  await findAll(context, live, contacts, requested);
  return requested.length;
}

/** Refused as a whole, they are halved until the contact whom the vendor will not look for stands alone. */
async function findAll(
  context: ContactsContext,
  live: LiveConnection,
  contacts: FindsContacts,
  requested: readonly RequestedLink[],
): Promise<void> {
  const contactIds = requested.map((recordLink) => recordLink.contactId);
  const addresses = await findAddresses(context.database.db, contactIds);
  let found: readonly ContactSnapshot[];
  try {
    found = await findByEmail(contacts, [...new Set([...addresses.values()].flat())]);
  } catch (failure) {
    const [first, ...others] = requested;
    if (!first || !isAboutRequest(failure)) return postpone(context, requested, failure);
    if (others.length === 0)
      return refuseRecord(context, live, first, { code: 'failed', params: { why: failure.why } });
    const middle = Math.ceil(requested.length / 2);
    await findAll(context, live, contacts, requested.slice(0, middle));
    return findAll(context, live, contacts, requested.slice(middle));
  }
  // An address that has moved to one of these records is given up by whoever had it, before it is written to.
  for (const id of await refreshOwners(context, { workspaceId: live.workspaceId, connectionId: live.id }, found)) {
    await context.wake('write', id);
  }
  const still = await findAddresses(context.database.db, contactIds);
  const matched = match(requested, still, found);
  const linked = await linkRequested(context.database.db, plainly(matched));
  const others = matched.filter(({ recordLink }) => !linked.has(recordLink.id));
  for (const [index, { recordLink, records }] of others.entries()) {
    try {
      await saveFound(context, live, recordLink, records, still.get(recordLink.contactId) ?? []);
    } catch (failure) {
      if (isAboutRequest(failure)) {
        await refuseRecord(context, live, recordLink, { code: 'failed', params: { why: failure.why } });
      } else {
        const left = others.slice(index).map((other) => other.recordLink);
        await postpone(context, left, failure);
      }
    }
  }
}

type Matched = { recordLink: RequestedLink; records: readonly Shown[] };
type Shown = { record: ContactSnapshot; addresses: readonly string[] };

/** Which of the records that were found show an address of whom. */
function match(
  requested: readonly RequestedLink[],
  addresses: ReadonlyMap<string, readonly string[]>,
  found: readonly ContactSnapshot[],
): Matched[] {
  const byAddress = new Map<string, Shown[]>();
  for (const record of found) {
    const shown = { record, addresses: addressesIn(record) };
    for (const address of shown.addresses) byAddress.set(address, [...(byAddress.get(address) ?? []), shown]);
  }
  return requested.map((recordLink) => {
    const own = addresses.get(recordLink.contactId) ?? [];
    return { recordLink, records: [...new Set(own.flatMap((address) => byAddress.get(address) ?? []))] };
  });
}

/** Nearly always one contact has one record, and it is nobody else's: those are linked together. */
function plainly(matched: readonly Matched[]): FoundRecord[] {
  const times = Map.groupBy(
    matched.flatMap(({ records }) => records),
    ({ record }) => record.id,
  );
  return matched.flatMap(({ recordLink, records: [shown, ...more] }) => {
    if (!shown || more.length > 0 || times.get(shown.record.id)?.length !== 1) return [];
    const { id: recordId, doNotSurvey = false } = shown.record;
    return [{ id: recordLink.id, recordId, doNotSurvey, addresses: shown.addresses }];
  });
}

function isAboutRequest(failure: unknown): failure is UpstreamRefused {
  return failure instanceof UpstreamRefused && failure.concerns === 'request';
}

/** They are looked for again. @throws the failure, which concerns them all */
async function postpone(
  { database, clock }: ContactsContext,
  requested: readonly RequestedLink[],
  failure: unknown,
): Promise<never> {
  const upstream = failure instanceof UpstreamBusy || failure instanceof UpstreamRefused;
  const outcome: RecordOutcome = upstream
    ? { code: 'not_searched', params: { why: failure.why } }
    : { code: 'internal', params: {} };
  const ids = requested.map((recordLink) => recordLink.id);
  await postponeRecordLinks(database.db, ids, { dueAt: new Date(clock().getTime() + 5000), outcome, counts: false });
  throw failure;
}

type FindsContacts = Pick<NonNullable<LiveConnection['capabilities']['contacts']>, 'find' | 'batchSize'>;

async function findByEmail(contacts: FindsContacts, emails: readonly string[]): Promise<ContactSnapshot[]> {
  const found: ContactSnapshot[] = [];
  for (let from = 0; from < emails.length; from += contacts.batchSize) {
    found.push(...(await contacts.find({ emails: emails.slice(from, from + contacts.batchSize) })));
  }
  return found;
}

async function saveFound(
  context: ContactsContext,
  live: LiveConnection,
  { id, contactId }: RequestedLink,
  shown: readonly Shown[],
  addresses: readonly string[],
): Promise<void> {
  const { database, clock } = context;
  const records = shown.map(({ record }) => record);
  if (records.length === 0) records.push(...(await createRequestedRecord(context, live, contactId, addresses)));
  if (records.length === 0) {
    const outcome = { code: 'unknown_address', params: {} } as const;
    await updateRecordLinks(database.db, [id], { ...inSync, state: 'absent', claimedUntil: null, outcome });
    return;
  }
  const of = { workspaceId: live.workspaceId, connectionId: live.id, contactId };
  await database.transaction(async (tx) => {
    // Somebody may have been erased while they were looked for.
    if (!(await lockContact(tx, contactId))) return;
    for (const record of records) {
      const { linked, addressed } = await candidatesFor(tx, of, record);
      const ambiguous = linked === undefined && addressed.some((other) => other !== contactId);
      await linkRecord(tx, of, record, clock(), ambiguous);
      await noteAddresses(tx, of, record);
    }
  });
}

/** Only where the admin chose so for this connection. */
async function createRequestedRecord(
  { database }: ContactsContext,
  live: LiveConnection,
  contactId: string,
  [email]: readonly string[],
): Promise<ContactSnapshot[]> {
  const row = await findConnection(database.db, live.id);
  const { contacts } = live.capabilities;
  if (!row?.createContacts || !contacts?.create || email === undefined) return [];
  const contact = await findContact(database.db, contactId);
  if (!contact) return [];
  return [await contacts.create({ email, ...(contact.name ? { name: contact.name } : {}) })];
}
