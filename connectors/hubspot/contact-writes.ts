import type { WriteOutcome, WriteReport } from '../../src/connector.ts';
import type { AccountField } from '../../src/model/account-fields.ts';
import type { RecordValues } from '../../src/model/crm-field-definitions.ts';
import { Failure, UpstreamBusy } from '../../src/model/errors.ts';
import { type HubspotClient, paths } from './client.ts';
import { absentProperties, describeFault, missingProperty } from './failures.ts';
import type { Fault } from './fault.ts';
import { batch, identity } from './schema.ts';
import { writeValues } from './values.ts';

type Writes = ReadonlyMap<string, RecordValues>;

/** What one try came to: what became of each record, or which properties have to be left out first. */
type Tried = { outcomes: readonly WriteOutcome[]; absent: readonly string[] };

/**
 * Writes scores by record id. Where properties turn out not to be there, everything else is written at once without
 * them, and they are left out until a check has looked again.
 *
 * @param of.absent names of properties that are known not to be there; added to here
 * @param of.find the record with this id, or the one that it was merged into
 */
export function createContactWrites(
  client: HubspotClient,
  {
    fields,
    absent,
    find,
  }: {
    fields: readonly AccountField[];
    absent: Set<string>;
    find(id: string): Promise<{ id: string } | undefined>;
  },
): (writes: Writes) => Promise<WriteReport> {
  function propertiesOf(values: RecordValues): Record<string, string> {
    return writeValues(
      values,
      fields.filter(({ name }) => !absent.has(name)),
    );
  }

  async function tryOne([id, values]: [string, RecordValues]): Promise<Tried> {
    const { value, status, failure, fault } = await client.ask({
      lane: 'write',
      method: 'PATCH',
      path: `${paths.contacts}/${encodeURIComponent(id)}`,
      body: { properties: propertiesOf(values) },
      reads: identity,
      tolerates: [400, 404],
    });
    if (status === 404) return { outcomes: [{ id, result: 'gone' }], absent: [] };
    if (failure) return { outcomes: [], absent: absentIn([fault], [values], failure) };
    const moved = value.id !== id;
    return { outcomes: [moved ? { id, result: 'moved', to: value.id } : { id, result: 'written' }], absent: [] };
  }

  async function tryMany(writes: Writes): Promise<Tried> {
    const { value, failure, fault } = await client.ask({
      lane: 'write',
      method: 'POST',
      path: `${paths.contacts}/batch/update`,
      body: { inputs: [...writes].map(([id, values]) => ({ id, properties: propertiesOf(values) })) },
      reads: batch(identity),
      tolerates: [207, 400],
    });
    if (failure) return { outcomes: [], absent: absentIn([fault], [...writes.values()], failure) };
    const written = value.done.filter(({ id }) => writes.has(id));
    const missing = value.faults.filter((one) => missingProperty(207, one) !== undefined);
    if (missing.length > 0) {
      const names = absentIn(missing, [...writes.values()], missingProperty(207, missing[0] as Fault));
      return { outcomes: written.map(({ id }) => ({ id, result: 'written' as const })), absent: names };
    }
    const done = new Set(written.map(({ id }) => id));
    const outcomes = await Promise.all(
      [...writes.keys()].map((id) => (done.has(id) ? { id, result: 'written' as const } : judge(id, value.faults))),
    );
    return { outcomes, absent: [] };
  }

  /**
   * The properties of ours that these faults say are not there.
   *
   * @throws failure where they say nothing of the kind, or name none that was written
   */
  function absentIn(
    faults: readonly Fault[],
    written: readonly RecordValues[],
    failure: Failure | undefined,
  ): readonly string[] {
    const sent = new Set(written.flatMap((values) => Object.keys(propertiesOf(values))));
    const names = faults.flatMap((fault) => absentProperties(fault, sent));
    if (names.length === 0) throw failure;
    return [...new Set(names)];
  }

  async function judge(id: string, faults: readonly Fault[]): Promise<WriteOutcome> {
    const fault = faultOf(id, faults);
    if (!fault) return { id, result: 'unknown' };
    switch (fault.category) {
      case 'OBJECT_NOT_FOUND':
        return follow(id);
      case 'CONFLICT':
      case 'RATE_LIMITS':
      case 'INTERNAL_ERROR':
        return { id, result: 'busy' };
      default:
        return { id, result: 'refused', why: { code: 'refused', params: { said: describeFault(fault) } } };
    }
  }

  /** A batch by a merged-away id fails as if there were no such contact. Its write is over: a failure here is its own. */
  async function follow(id: string): Promise<WriteOutcome> {
    try {
      const found = await find(id);
      if (!found) return { id, result: 'gone' };
      return found.id === id ? { id, result: 'busy' } : { id, result: 'moved', to: found.id };
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      const wait = failure instanceof UpstreamBusy ? failure.retryAfter : undefined;
      return { id, result: 'busy', ...(wait === undefined ? {} : { retryAfter: wait }) };
    }
  }

  return async function write(writes): Promise<WriteReport> {
    const [first] = writes;
    if (!first) return { outcomes: [] };
    const tried = writes.size === 1 ? await tryOne(first) : await tryMany(writes);
    if (tried.absent.length === 0) return { outcomes: tried.outcomes };
    for (const name of tried.absent) absent.add(name);
    const done = new Set(tried.outcomes.map(({ id }) => id));
    const again = await write(new Map([...writes].filter(([id]) => !done.has(id))));
    const missing = fields.filter(({ name }) => tried.absent.includes(name)).map(({ key }) => key);
    return {
      outcomes: [...tried.outcomes, ...again.outcomes],
      missingFields: [...new Set([...missing, ...(again.missingFields ?? [])])],
    };
  };
}

/**
 * The fault that is about this record. Where HubSpot does not say which records its faults are about, they are taken to
 * be about all the records that were not written, provided that they are of one kind.
 */
function faultOf(id: string, faults: readonly Fault[]): Fault | undefined {
  const named = faults.find(({ ids }) => ids.includes(id));
  if (named) return named;
  const [first, ...rest] = faults.filter(({ ids }) => ids.length === 0);
  return rest.every(({ category }) => category === first?.category) ? first : undefined;
}
