import { createAddressBook, recordAddresses } from './addresses.ts';
import { instant } from './property-values.ts';

export type ObjectName = 'contacts' | 'tickets';

export type CrmRecord = {
  readonly id: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** What the stage of a ticket was, the newest first, and through what it changed. */
  readonly stages?: readonly StageChange[];
};

export type StageChange = { value: string; timestamp: string; sourceType: ChangeSource };

/** What changed in a record, and through what: a person in HubSpot, or an app over the API. */
export type Change = {
  object: ObjectName;
  id: string;
  at: Date;
  source: ChangeSource;
} & (
  | { kind: 'creation' | 'deletion' | 'restore' | 'privacyDeletion' }
  | { kind: 'propertyChange'; property: { name: string; value: string } }
  /** `intoId` is the record that there is now, which may be neither of the two. */
  | { kind: 'merge'; primaryId: string; loserId: string; intoId: string; moved: number }
);

export type ChangeSource = 'CRM_UI' | 'INTEGRATION' | 'AUTOMATION_PLATFORM' | 'BREEZE_AGENT';

export type Records = {
  /** By its id, or by that of a record that went up in it. */
  find(object: ObjectName, id: string): CrmRecord | undefined;
  /** By its own id alone, as batches look. */
  findByOwnId(object: ObjectName, id: string): CrmRecord | undefined;
  /** The contact that has this address, whether as the primary one or not. */
  findByEmail(email: string): CrmRecord | undefined;
  all(object: ObjectName): readonly CrmRecord[];
  /** As search sees them: what changed within the last second is still as before, or not there yet. */
  indexed(object: ObjectName): readonly CrmRecord[];
  create(object: ObjectName, values: ReadonlyMap<string, string>, source: ChangeSource): CrmRecord;
  /** Sets what differs. Writing what is there already changes nothing and is announced to nobody. */
  update(object: ObjectName, id: string, values: ReadonlyMap<string, string>, source: ChangeSource): CrmRecord;
  /** Lets one record of these values take the place of two: the winner, or one with a new id. */
  merge(
    object: ObjectName,
    of: { loserId: string; winnerId: string; values: ReadonlyMap<string, string>; newId: boolean },
  ): CrmRecord;
  remove(object: ObjectName, id: string): void;
  /** Nothing happens unless it was removed and not erased. */
  restore(object: ObjectName, id: string): void;
  erase(object: ObjectName, id: string): void;
};

/** Milliseconds by which search is behind: https://developers.hubspot.com/docs/api-reference/search/guide */
const indexLag = 1000;

const modifiedProperties: Readonly<Record<ObjectName, readonly string[]>> = {
  contacts: ['lastmodifieddate', 'hs_lastmodifieddate'],
  tickets: ['hs_lastmodifieddate'],
};

/** Everything that the account holds, in memory. */
export function createRecords(clock: () => Date, announce: (change: Change) => void): Records {
  const records = { contacts: new Map<string, CrmRecord>(), tickets: new Map<string, CrmRecord>() };
  /** What stood in each record when it was last settled for as long as the index lags. */
  const indexed = { contacts: new Map<string, CrmRecord>(), tickets: new Map<string, CrmRecord>() };
  const removed = { contacts: new Map<string, CrmRecord>(), tickets: new Map<string, CrmRecord>() };
  /** Who went up in whom. */
  const successors = { contacts: new Map<string, string>(), tickets: new Map<string, string>() };
  const book = createAddressBook();
  // Begins at the clock, so that a simulator started later never gives out an id for the second time.
  let lastId = clock().getTime();

  const isIndexed = (record: CrmRecord) => clock().getTime() - record.updatedAt.getTime() >= indexLag;

  function save(object: ObjectName, record: CrmRecord): CrmRecord {
    const properties = new Map(record.properties);
    for (const name of modifiedProperties[object]) properties.set(name, instant(record.updatedAt));
    const saved = { ...record, properties };
    records[object].set(record.id, saved);
    if (object === 'contacts') book.note(saved);
    return saved;
  }

  function announceValues(
    object: ObjectName,
    { id, updatedAt: at }: CrmRecord,
    values: Iterable<readonly [string, string]>,
    source: ChangeSource,
  ): void {
    for (const [name, value] of values) {
      announce({ object, id, at, source, kind: 'propertyChange', property: { name, value } });
    }
  }

  function find(object: ObjectName, id: string): CrmRecord | undefined {
    const successor = successors[object].get(id);
    return records[object].get(id) ?? (successor === undefined ? undefined : find(object, successor));
  }

  function take(object: ObjectName, id: string): CrmRecord {
    const record = records[object].get(id);
    if (!record) throw new Error(`There is nothing with the id ${id} among the ${object}.`);
    records[object].delete(id);
    indexed[object].delete(id);
    return record;
  }

  const tell = (object: ObjectName, id: string, kind: 'deletion' | 'restore' | 'privacyDeletion') =>
    announce({ object, id, at: clock(), source: 'CRM_UI', kind });

  return {
    find,
    findByOwnId: (object, id) => records[object].get(id),
    findByEmail(email) {
      const address = email.toLowerCase();
      return book
        .idsOf(address)
        .map((id) => records.contacts.get(id))
        .find((contact) => contact && recordAddresses(contact).includes(address));
    },
    all: (object) => [...records[object].values()],
    indexed: (object) =>
      [...records[object].values()]
        .map((record) => (isIndexed(record) ? record : indexed[object].get(record.id)))
        .filter((record) => record !== undefined),
    create(object, values, source) {
      lastId += 1;
      const id = String(lastId);
      const now = clock();
      const own = { createdate: instant(now), hs_object_id: id, hs_object_source: source };
      const properties = new Map([...values, ...Object.entries(own)]);
      const stages = stagesAfter([], values, source, now);
      const record = save(object, { id, properties, createdAt: now, updatedAt: now, stages });
      announce({ object, id, at: now, source, kind: 'creation' });
      announceValues(object, record, values, source);
      return record;
    },
    update(object, id, values, source) {
      const record = records[object].get(id);
      if (!record) throw new Error(`There is nothing with the id ${id} among the ${object}.`);
      const changed = [...values].filter(([name, value]) => (record.properties.get(name) ?? '') !== value);
      if (changed.length === 0) return record;
      if (isIndexed(record)) indexed[object].set(id, record);
      const now = clock();
      const updated = save(object, {
        ...record,
        properties: new Map([...record.properties, ...changed]),
        updatedAt: now,
        stages: stagesAfter(record.stages ?? [], changed, source, now),
      });
      announceValues(object, updated, changed, source);
      return updated;
    },
    merge(object, { loserId, winnerId, values, newId }) {
      const loser = take(object, loserId);
      const winner = take(object, winnerId);
      if (newId) lastId += 1;
      const id = newId ? String(lastId) : winnerId;
      for (const old of newId ? [loserId, winnerId] : [loserId]) successors[object].set(old, id);
      const now = clock();
      const properties = new Map([...values, ['hs_object_id', id]]);
      const merged = save(object, { id, properties, createdAt: winner.createdAt, updatedAt: now });
      const moved = loser.properties.size;
      const told = { primaryId: winnerId, loserId, intoId: id, moved };
      announce({ object, id: winnerId, at: now, source: 'CRM_UI', kind: 'merge', ...told });
      return merged;
    },
    remove(object, id) {
      removed[object].set(id, take(object, id));
      tell(object, id, 'deletion');
    },
    restore(object, id) {
      const record = removed[object].get(id);
      if (!record) return;
      removed[object].delete(id);
      save(object, { ...record, updatedAt: clock() });
      tell(object, id, 'restore');
    },
    // Both events come, in no order; the one about privacy first is the harder one to get right.
    erase(object, id) {
      take(object, id);
      tell(object, id, 'privacyDeletion');
      tell(object, id, 'deletion');
    },
  };
}

function stagesAfter(
  before: readonly StageChange[],
  values: Iterable<readonly [string, string]>,
  sourceType: ChangeSource,
  at: Date,
): readonly StageChange[] {
  const value = new Map(values).get('hs_pipeline_stage');
  return value === undefined ? before : [{ value, timestamp: at.toISOString(), sourceType }, ...before];
}
