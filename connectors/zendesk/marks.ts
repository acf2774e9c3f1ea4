import { z } from 'zod';
import type { MarkOutcome, TicketMark, Tickets } from '../../src/connector.ts';
import { category, points, scaleOf } from '../../src/domain/survey/scale.ts';
import { UpstreamRefused } from '../../src/errors.ts';
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
export function createMarks(client: ZendeskClient, updates: TicketUpdates): NonNullable<Tickets['mark']> {
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
    // Zendesk's pages give the tags to remove in the body, its API description in the query.
    const removal = { method: 'DELETE', query: { tags: outdated.join(',') }, body: { tags: outdated } } as const;
    if (outdated.length > 0 && !(await update(mark.id, { ...removal, path: '/tags' }))) return false;
    if (missing.length === 0) return true;
    return update(mark.id, { method: 'PUT', path: '/tags', body: { tags: missing } });
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

  async function write(mark: TicketMark): Promise<MarkOutcome> {
    const ticket = await client.find({
      lane: 'read',
      method: 'GET',
      path: ticketPath(mark.id),
      answer: standingTicket,
    });
    if (!ticket || ticket.gone) return { result: 'gone' };
    if (ticket.closed)
      return { result: 'refused', because: 'The ticket is closed, and Zendesk lets nobody change it.' };
    if (!(await writeTags(mark, ticket.tags))) return { result: 'gone' };
    if (mark.note && !(await writeNote(mark))) return { result: 'gone' };
    return { result: 'marked' };
  }

  return async (mark) => {
    try {
      return await write(mark);
    } catch (failure) {
      if (!(failure instanceof UpstreamRefused) || failure.concerns === 'connection') throw failure;
      return { result: 'refused', because: failure.message };
    }
  };
}

/** Every tag that an answer to this metric may have. */
function tagsOf({ metric, scale: highest }: TicketMark): readonly string[] {
  const scale = scaleOf(metric, highest);
  return [...new Set(points(scale).map((rating) => tagOf(category(scale, rating))))];
}

function tagOf(named: TicketMark['category']): string {
  return `feedback_${named}`;
}

function ticketPath(id: string): string {
  return `/tickets/${encodeURIComponent(id)}`;
}
