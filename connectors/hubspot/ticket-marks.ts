import type { MarkOutcome, TicketMarkOutcome, Tickets } from '../../src/connector.ts';
import type { AccountField } from '../../src/model/account-fields.ts';
import type { RecordValues } from '../../src/model/crm-field-definitions.ts';
import { UpstreamBusy } from '../../src/model/errors.ts';
import { type HubspotClient, paths } from './client.ts';
import { absentProperties, describeFault } from './failures.ts';
import { batch, identity } from './schema.ts';
import { markValues, noMark, ticketFields } from './ticket-fields.ts';
import { writeValues } from './values.ts';

type Written = { id: string; values: RecordValues };
type Result = 'marked' | 'unmarked';

/** HubSpot's category for a ticket that is not there, or was merged away. */
const missing = 'OBJECT_NOT_FOUND';

/** Its categories for what may be different at the next try. */
const passing = ['CONFLICT', 'RATE_LIMITS', 'INTERNAL_ERROR'];

/**
 * Marks an answer on its ticket by properties, which a ticket's workflow can branch on. Several tickets are one call;
 * what HubSpot does not tell of them is asked ticket by ticket, which says why one cannot be marked.
 *
 * Always as a batch, also of one: a batch takes the id of a ticket that was merged away for missing, while an update of
 * that one ticket would write over what stands on the winner, whose own answer it may be. The ticket is gone, then, as
 * `find` has it.
 *
 * @param unwritable names of the properties that marks leave out, because a person has to see to them first
 */
export function createMarks(
  client: HubspotClient,
  unwritable: ReadonlySet<string>,
): Required<Pick<Tickets, 'mark' | 'unmark'>> {
  const pickWritable = () => ticketFields.filter(({ name }) => !unwritable.has(name));

  function update(writes: readonly Written[], fields: readonly AccountField[]) {
    return client.ask({
      lane: 'write',
      method: 'POST',
      path: `${paths.tickets}/batch/update`,
      body: { inputs: writes.map(({ id, values }) => ({ id, properties: writeValues(values, fields) })) },
      reads: batch(identity),
      tolerates: [207, 400, 404],
    });
  }

  /**
   * Properties of the ticket that are not there are left out. Where there are none at all, that is shown, and stops
   * nothing: scores are written all the same.
   */
  async function writeOne(one: Written, result: Result, fields = pickWritable()): Promise<MarkOutcome> {
    if (fields.length === 0) return { result: 'refused', why: { code: 'fields_missing', params: {} } };
    const { status, value, fault = value?.faults[0] } = await update([one], fields);
    // An answer under another id is the winner's of a merge.
    if (value && value.done.length > 0) return { result: value.done.some(({ id }) => id === one.id) ? result : 'gone' };
    if (status === 404 || fault?.category === missing) return { result: 'gone' };
    if (!fault) return { result: 'busy' };
    const absent = absentProperties(fault, new Set(fields.map(({ name }) => name)));
    const left = fields.filter(({ name }) => !absent.includes(name));
    if (left.length > 0 && left.length < fields.length) return writeOne(one, result, left);
    if (passing.includes(fault.category ?? '')) return { result: 'busy' };
    return { result: 'refused', why: { code: 'refused', params: { said: describeFault(fault) } } };
  }

  /** What HubSpot says at once of each ticket by its own id; one value that does not fit makes it write none. */
  async function writeTogether(writes: readonly Written[], result: Result): Promise<Map<string, MarkOutcome>> {
    if (writes.length < 2 || pickWritable().length === 0) return new Map();
    const { value } = await update(writes, pickWritable());
    const gone = value?.faults.filter(({ category }) => category === missing).flatMap(({ ids }) => ids) ?? [];
    return new Map<string, MarkOutcome>([
      ...gone.map((id) => [id, { result: 'gone' }] as const),
      ...(value?.done ?? []).map(({ id }) => [id, { result }] as const),
    ]);
  }

  async function write(writes: readonly Written[], result: Result): Promise<readonly TicketMarkOutcome[]> {
    const told = await writeTogether(writes, result);
    return Promise.all(
      writes.map(async (one): Promise<TicketMarkOutcome> => {
        const { id } = one;
        const known = told.get(id);
        if (known) return { id, ...known };
        try {
          return { id, ...(await writeOne(one, result)) };
        } catch (failure) {
          // What is done already must not be lost with the rest.
          if (!(failure instanceof UpstreamBusy) || told.size === 0) throw failure;
          const wait = failure.retryAfter === undefined ? {} : { retryAfter: failure.retryAfter };
          return { id, result: 'busy', ...wait };
        }
      }),
    );
  }

  return {
    mark: (marks) =>
      write(
        marks.map((mark) => ({ id: mark.id, values: markValues(mark) })),
        'marked',
      ),
    unmark: (ids) =>
      write(
        ids.map((id) => ({ id, values: noMark })),
        'unmarked',
      ),
  };
}
