import { z } from 'zod';
import type { MarkOutcome, TicketMark, TicketMarkOutcome, Tickets } from '../../src/connector.ts';
import { category, highestPoints, metric as metrics, points, scaleOf } from '../../src/domain/survey/scale.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/errors.ts';
import type { ZendeskClient } from './client.ts';
import { noteFor, standsIn } from './notes.ts';
import { readAll } from './pages.ts';
import { comments, type StandingTicket, standingTickets } from './schema.ts';
import type { TicketUpdates } from './ticket-updates.ts';

const answeredTag = 'feedback_answered';

/**
 * Marks an answer on its ticket: by tags, because Zendesk's triggers run only when a ticket changes and branch on tags,
 * and by an internal note where it is wanted.
 *
 * All of it is one update, so that a trigger sees it once and never between two tags. Zendesk loses tags where two
 * programs update a ticket at the same time, unless the update says which state of the ticket it is about; then it is
 * refused with a 409, and made again from a new look.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/tags/
 */
export function createMarks(client: ZendeskClient, updates: TicketUpdates): Required<Pick<Tickets, 'mark' | 'unmark'>> {
  async function findStanding(ids: readonly string[]): Promise<ReadonlyMap<string, StandingTicket>> {
    if (ids.length === 0) return new Map();
    const standing = await client.find({
      lane: 'read',
      method: 'GET',
      path: '/tickets/show_many',
      query: { ids: ids.join(','), include: 'metric_sets' },
      answer: standingTickets,
    });
    return new Map((standing ?? []).map((ticket) => [ticket.id, ticket]));
  }

  /** The note itself says which answer it tells, so that it is found again whoever has written it, and when. */
  async function missingNote(mark: TicketMark): Promise<{ body: string; public: false } | undefined> {
    if (!mark.note) return undefined;
    const written = await readAll(client, {
      path: `${ticketPath(mark.id)}/comments`,
      answer: comments,
      concerns: 'request',
    });
    return written.some(({ body }) => standsIn(body ?? '', mark)) ? undefined : { body: noteFor(mark), public: false };
  }

  /** @returns whether the ticket was there */
  async function update(id: string, change: object): Promise<boolean> {
    updates.take(id);
    const there = await client.find({
      lane: 'write',
      method: 'PUT',
      path: ticketPath(id),
      body: { ticket: change },
      answer: z.unknown().transform(() => true),
      concerns: 'request',
    });
    return there === true;
  }

  /** Makes one update of what is not yet so, or none. */
  async function changeTicket(
    ticket: StandingTicket | undefined,
    result: 'marked' | 'unmarked',
    { tags, note }: { tags: readonly string[]; note?: () => Promise<object | undefined> },
  ): Promise<MarkOutcome> {
    try {
      if (!ticket || ticket.gone) return { result: 'gone' };
      if (ticket.closed) return { result: 'refused', why: { code: 'locked', params: { kind: 'closed' } } };
      const comment = await note?.();
      const isSame = new Set(tags).symmetricDifference(new Set(ticket.tags)).size === 0;
      if (isSame && !comment) return { result };
      const change = {
        ...(isSame ? {} : { tags }),
        ...(comment ? { comment } : {}),
        ...{ safe_update: true, updated_stamp: ticket.stamp },
      };
      return { result: (await update(ticket.id, change)) ? result : 'gone' };
    } catch (failure) {
      if (!(failure instanceof UpstreamRefused) || failure.concerns === 'connection') throw failure;
      return { result: 'refused', why: { code: 'failed', params: { why: failure.why } } };
    }
  }

  return {
    async mark(marks) {
      const standing = await findStanding(marks.map(({ id }) => id));
      return oneByOne(marks, async (mark) => {
        const ticket = standing.get(mark.id);
        const others = (ticket?.tags ?? []).filter((tag) => !tagsOf(mark).includes(tag));
        const tags = [...new Set([...others, answeredTag, tagOf(mark.category)])];
        return changeTicket(ticket, 'marked', { tags, note: () => missingNote(mark) });
      });
    },
    async unmark(ids) {
      const standing = await findStanding(ids);
      const tickets = ids.map((id) => ({ id }));
      return oneByOne(tickets, async ({ id }) => {
        const ticket = standing.get(id);
        const tags = (ticket?.tags ?? []).filter((tag) => !everyTag.includes(tag));
        return changeTicket(ticket, 'unmarked', { tags });
      });
    },
  };
}

/** A ticket that fails alone is busy; while none has an outcome, a failure is the whole call's. */
async function oneByOne<Item extends { id: string }>(
  items: readonly Item[],
  work: (item: Item) => Promise<MarkOutcome>,
): Promise<readonly TicketMarkOutcome[]> {
  const outcomes: TicketMarkOutcome[] = [];
  for (const item of items) {
    const { id } = item;
    try {
      outcomes.push({ id, ...(await work(item)) });
    } catch (failure) {
      if (!(failure instanceof UpstreamBusy) || (items.length === 1 && outcomes.length === 0)) throw failure;
      if (failure.concerns === 'connection' && outcomes.length === 0) throw failure;
      const wait = failure.retryAfter === undefined ? {} : { retryAfter: failure.retryAfter };
      outcomes.push({ id, result: 'busy', ...wait });
    }
  }
  return outcomes;
}

/** Every tag that an answer to this metric may have. */
function tagsOf({ metric, scale: highest }: Pick<TicketMark, 'metric' | 'scale'>): readonly string[] {
  const scale = scaleOf(metric, highest);
  return [...new Set(points(scale).map((rating) => tagOf(category(scale, rating))))];
}

/** Every tag that any mark may have. */
export const everyTag: readonly string[] = [
  answeredTag,
  ...new Set(metrics.options.flatMap((metric) => tagsOf({ metric, scale: highestPoints(metric)[0] }))),
];

function tagOf(named: TicketMark['category']): string {
  return `feedback_${named}`;
}

function ticketPath(id: string): string {
  return `/tickets/${encodeURIComponent(id)}`;
}
