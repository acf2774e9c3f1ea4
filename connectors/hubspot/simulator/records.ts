import { instant } from './property-values.ts';

export type ObjectName = 'contacts' | 'tickets';

export type CrmRecord = {
  readonly id: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** What changed in a record, and through what: a person in HubSpot, or an app over the API. */
export type Change = {
  object: ObjectName;
  id: string;
  at: Date;
  source: ChangeSource;
  /** Absent when the record is new. */
  property?: { name: string; value: string };
};

export type ChangeSource = 'CRM_UI' | 'INTEGRATION';

export type Records = {
  find(object: ObjectName, id: string): CrmRecord | undefined;
  all(object: ObjectName): readonly CrmRecord[];
  /** As search sees them: what changed within the last second is still as before, or not there yet. */
  indexed(object: ObjectName): readonly CrmRecord[];
  create(object: ObjectName, values: ReadonlyMap<string, string>, source: ChangeSource): CrmRecord;
  /** Sets what differs. Writing what is there already changes nothing and is announced to nobody. */
  update(object: ObjectName, id: string, values: ReadonlyMap<string, string>, source: ChangeSource): CrmRecord;
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
  const settled = { contacts: new Map<string, CrmRecord>(), tickets: new Map<string, CrmRecord>() };
  // Begins at the clock, so that a simulator started later never gives out an id for the second time.
  let lastId = clock().getTime();

  const isSettled = (record: CrmRecord) => clock().getTime() - record.updatedAt.getTime() >= indexLag;

  function keep(object: ObjectName, record: CrmRecord): CrmRecord {
    const properties = new Map(record.properties);
    for (const name of modifiedProperties[object]) properties.set(name, instant(record.updatedAt));
    const kept = { ...record, properties };
    records[object].set(record.id, kept);
    return kept;
  }

  function announceValues(
    object: ObjectName,
    { id, updatedAt: at }: CrmRecord,
    values: Iterable<readonly [string, string]>,
    source: ChangeSource,
  ): void {
    for (const [name, value] of values) announce({ object, id, at, source, property: { name, value } });
  }

  return {
    find: (object, id) => records[object].get(id),
    all: (object) => [...records[object].values()],
    indexed: (object) =>
      [...records[object].values()]
        .map((record) => (isSettled(record) ? record : settled[object].get(record.id)))
        .filter((record) => record !== undefined),
    create(object, values, source) {
      lastId += 1;
      const id = String(lastId);
      const now = clock();
      const own = { createdate: instant(now), hs_object_id: id, hs_object_source: source };
      const properties = new Map([...values, ...Object.entries(own)]);
      const record = keep(object, { id, properties, createdAt: now, updatedAt: now });
      announce({ object, id, at: now, source });
      announceValues(object, record, values, source);
      return record;
    },
    update(object, id, values, source) {
      const record = records[object].get(id);
      if (!record) throw new Error(`There is nothing with the id ${id} among the ${object}.`);
      const changed = [...values].filter(([name, value]) => (record.properties.get(name) ?? '') !== value);
      if (changed.length === 0) return record;
      if (isSettled(record)) settled[object].set(id, record);
      const now = clock();
      const updated = keep(object, {
        ...record,
        properties: new Map([...record.properties, ...changed]),
        updatedAt: now,
      });
      announceValues(object, updated, changed, source);
      return updated;
    },
  };
}
