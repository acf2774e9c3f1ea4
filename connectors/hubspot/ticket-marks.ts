import type { MarkOutcome, TicketMarkOutcome, Tickets } from '../../src/connector.ts';
import type { RecordValues } from '../../src/domain/record-fields.ts';
import { UpstreamBusy } from '../../src/errors.ts';
import { type HubspotClient, paths } from './client.ts';
import { absentProperties, describeFault } from './failures.ts';
import { batch, identity } from './schema.ts';
import { markValues, noMark, ticketFields } from './ticket-fields.ts';
import { writeValues } from './values.ts';

type Written = { id: string; values: RecordValues };
type Result = 'marked' | 'unmarked';

/**
 * Marks an answer on its ticket by properties, which a ticket's workflow can branch on. Several tickets are one call;
 * what it has not done is done ticket by ticket, which says why one cannot be marked.
 */
export function createMarks(client: HubspotClient): Required<Pick<Tickets, 'mark' | 'unmark'>> {
  /**
   * Properties of the ticket that are not there are left out. Where there are none at all, that is shown, and stops
   * nothing: scores are written all the same.
   */
  async function writeOne({ id, values }: Written, result: Result, fields = ticketFields): Promise<MarkOutcome> {
    const properties = writeValues(values, fields);
    const { status, failure, fault } = await client.ask({
      lane: 'write',
      method: 'PATCH',
      path: `${paths.tickets}/${encodeURIComponent(id)}`,
      body: { properties },
      reads: identity,
      tolerates: [400, 404],
    });
    if (!failure) return { result };
    if (status === 404) return { result: 'gone' };
    const absent = absentProperties(fault, new Set(Object.keys(properties)));
    const left = fields.filter(({ name }) => !absent.includes(name));
    if (left.length > 0 && left.length < fields.length) return writeOne({ id, values }, result, left);
    return { result: 'refused', why: { code: 'refused', params: { said: describeFault(fault) } } };
  }

  /** @returns the ids of those that were written; one value that does not fit makes HubSpot write none */
  async function writeTogether(writes: readonly Written[]): Promise<ReadonlySet<string>> {
    if (writes.length < 2) return new Set();
    const { value } = await client.ask({
      lane: 'write',
      method: 'POST',
      path: `${paths.tickets}/batch/update`,
      body: { inputs: writes.map(({ id, values }) => ({ id, properties: writeValues(values, ticketFields) })) },
      reads: batch(identity),
      tolerates: [207, 400, 404],
    });
    return new Set(value?.done.map(({ id }) => id));
  }

  async function write(writes: readonly Written[], result: Result): Promise<readonly TicketMarkOutcome[]> {
    const done = await writeTogether(writes);
    return Promise.all(
      writes.map(async (one): Promise<TicketMarkOutcome> => {
        const { id } = one;
        if (done.has(id)) return { id, result };
        try {
          return { id, ...(await writeOne(one, result)) };
        } catch (failure) {
          // What is done already must not be lost with the rest.
          if (!(failure instanceof UpstreamBusy) || done.size === 0) throw failure;
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
