import { z } from 'zod';
import type { MarkOutcome, TicketMark, TicketMarkOutcome, Tickets } from '../../src/connector.ts';
import { category, highestPoints, metric as metrics, points, scaleOf } from '../../src/domain/survey/scale.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/errors.ts';
import type { Call, ZendeskClient } from './client.ts';
import { noteFor, standsIn } from './notes.ts';
import { readAll } from './pages.ts';
import { comments, standingTicket } from './schema.ts';
import type { TicketUpdates } from './ticket-updates.ts';

const answeredTag = 'feedback_answered';

/**
 * Marks an answer on its ticket: by tags, because Zendesk's triggers run only when a ticket changes and branch on tags,
 * and by an internal note where it is wanted.
 *
 * Tags are added and removed by their own endpoint, which leaves all others alone, also those that somebody sets in the
 * same moment: https://developer.zendesk.com/api-reference/ticketing/ticket-management/tags/
 *
 * An outdated tag goes before its successor comes, so that a trigger never sees two. Whatever was interrupted is taken
 * up by the next mark, which looks at the ticket first and changes only what is missing.
 */
export function createMarks(client: ZendeskClient, updates: TicketUpdates): Required<Pick<Tickets, 'mark' | 'unmark'>> {
  /** @returns whether the ticket was there */
  async function update(id: string, call: Pick<Call<unknown>, 'method' | 'query' | 'body'> & { path: string }) {
    updates.take(id);
    const there = await client.find({
      ...call,
      lane: 'write',
      path: `${ticketPath(id)}${call.path}`,
      // Some of these are answered with what stands now, some with nothing.
      answer: z.unknown().transform(() => true),
      concerns: 'request',
    });
    return there === true;
  }

  async function writeTags(mark: TicketMark, standing: readonly string[]): Promise<boolean> {
    const wanted = [answeredTag, tagOf(mark.category)];
    const outdated = tagsOf(mark).filter((tag) => standing.includes(tag) && !wanted.includes(tag));
    const missing = wanted.filter((tag) => !standing.includes(tag));
    if (!(await removeTags(mark.id, outdated))) return false;
    if (missing.length === 0) return true;
    return update(mark.id, { method: 'PUT', path: '/tags', body: { tags: missing } });
  }

  async function removeTags(id: string, tags: readonly string[]): Promise<boolean> {
    if (tags.length === 0) return true;
    // Zendesk's pages give the tags to remove in the body, its API description in the query.
    return update(id, { method: 'DELETE', path: '/tags', query: { tags: tags.join(',') }, body: { tags } });
  }

  /** The note itself says which answer it tells, so that it is found again whoever has written it, and when. */
  async function writeNote(mark: TicketMark): Promise<boolean> {
    const written = await readAll(client, {
      path: `${ticketPath(mark.id)}/comments`,
      answer: comments,
      concerns: 'request',
    });
    if (written.some(({ body }) => standsIn(body ?? '', mark))) return true;
    const comment = { body: noteFor(mark), public: false };
    return update(mark.id, { method: 'PUT', path: '', body: { ticket: { comment } } });
  }

  /** @param change what is to be done, given the tags that stand there; tells whether the ticket was still there */
  async function changeTicket(
    id: string,
    result: 'marked' | 'unmarked',
    change: (standing: readonly string[]) => Promise<boolean>,
  ): Promise<MarkOutcome> {
    try {
      const ticket = await client.find({ lane: 'read', method: 'GET', path: ticketPath(id), answer: standingTicket });
      if (!ticket || ticket.gone) return { result: 'gone' };
      if (ticket.closed)
        return { result: 'refused', because: 'The ticket is closed, and Zendesk lets nobody change it.' };
      return { result: (await change(ticket.tags)) ? result : 'gone' };
    } catch (failure) {
      if (!(failure instanceof UpstreamRefused) || failure.concerns === 'connection') throw failure;
      return { result: 'refused', because: failure.message };
    }
  }

  async function markOne(mark: TicketMark): Promise<TicketMarkOutcome> {
    const outcome = await changeTicket(
      mark.id,
      'marked',
      async (standing) => (await writeTags(mark, standing)) && (!mark.note || (await writeNote(mark))),
    );
    return { id: mark.id, ...outcome };
  }

  async function unmarkOne(id: string): Promise<TicketMarkOutcome> {
    const outcome = await changeTicket(id, 'unmarked', (standing) =>
      removeTags(
        id,
        everyTag.filter((tag) => standing.includes(tag)),
      ),
    );
    return { id, ...outcome };
  }

  return {
    mark: (marks) => oneByOne(marks, (mark) => mark.id, markOne),
    unmark: (ids) => oneByOne(ids, (id) => id, unmarkOne),
  };
}

/** A ticket that fails alone is busy; while none has an outcome, a failure is the whole call's. */
async function oneByOne<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  work: (item: Item) => Promise<TicketMarkOutcome>,
): Promise<readonly TicketMarkOutcome[]> {
  const outcomes: TicketMarkOutcome[] = [];
  for (const item of items) {
    try {
      outcomes.push(await work(item));
    } catch (failure) {
      if (!(failure instanceof UpstreamBusy) || outcomes.length === 0) throw failure;
      const wait = failure.retryAfter === undefined ? {} : { retryAfter: failure.retryAfter };
      outcomes.push({ id: idOf(item), result: 'busy', because: failure.message, ...wait });
    }
  }
  return outcomes;
}

/** Every tag that an answer to this metric may have. */
function tagsOf({ metric, scale: highest }: Pick<TicketMark, 'metric' | 'scale'>): readonly string[] {
  const scale = scaleOf(metric, highest);
  return [...new Set(points(scale).map((rating) => tagOf(category(scale, rating))))];
}

const everyTag: readonly string[] = [
  answeredTag,
  ...new Set(metrics.options.flatMap((metric) => tagsOf({ metric, scale: highestPoints(metric)[0] }))),
];

function tagOf(named: TicketMark['category']): string {
  return `feedback_${named}`;
}

function ticketPath(id: string): string {
  return `/tickets/${encodeURIComponent(id)}`;
}
