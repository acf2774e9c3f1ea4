import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { MarkOutcome, TicketMark, TicketMarkOutcome, Tickets } from '../../src/connector.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import { category, highestPoints, metric as metrics, points, scaleFor } from '../../src/model/scale.ts';
import type { ZendeskClient } from './client.ts';
import { noteFor, standsIn } from './notes.ts';
import { readAll } from './pages.ts';
import { comments, type StandingTicket, standingTickets } from './schema.ts';
import { showMany } from './show-many.ts';
import type { TagChange, TagJobState, TagJobs } from './tag-jobs.ts';
import type { TicketUpdates } from './ticket-updates.ts';

const answeredTag = 'feedback_answered';

/** What is to be so of one ticket's tags. */
type Task = {
  id: string;
  result: 'marked' | 'unmarked';
  tags: readonly string[];
  /** Tags of ours that must not stand beside those. */
  without: readonly string[];
  /** The same as a change of many tickets at once. */
  change: TagChange;
  /** What of a note is not there yet. */
  note?: () => Promise<{ body: string; public: false } | undefined>;
};

/**
 * Marks an answer on its ticket: by tags, because Zendesk's triggers run only when a ticket changes and branch on tags,
 * and by an internal note where it is wanted.
 *
 * Many tickets that want the same change get it in one call, as a job that only adds or only takes away tags. The rest
 * (one ticket alone, a tag in place of another, a note) is one update for each ticket, so that a trigger sees it once
 * and never between two tags. Zendesk loses tags where two programs update a ticket at the same time, unless the update
 * says which state of the ticket it is about; then it is refused with a 409, and made again from a new look.
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/tags/
 */
export function createMarks(
  client: ZendeskClient,
  { updates, jobs }: { updates: TicketUpdates; jobs: TagJobs },
): Required<Pick<Tickets, 'mark' | 'unmark'>> {
  /** The note itself says which answer it tells, so that it is found again whoever has written it, and when. */
  async function missingNote(mark: TicketMark): Promise<{ body: string; public: false } | undefined> {
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
  async function changeAlone({ id, result, tags, without, note }: Task, ticket: StandingTicket): Promise<MarkOutcome> {
    try {
      const comment = await note?.();
      const others = ticket.tags.filter((tag) => !without.includes(tag));
      const merged = [...new Set([...others, ...tags])];
      const isSame = new Set(merged).symmetricDifference(new Set(ticket.tags)).size === 0;
      if (isSame && !comment) return { result };
      const change = {
        ...(isSame ? {} : { tags: merged }),
        ...(comment ? { comment } : {}),
        ...{ safe_update: true, updated_stamp: ticket.stamp },
      };
      return { result: (await update(id, change)) ? result : 'gone' };
    } catch (failure) {
      if (!(failure instanceof UpstreamRefused) || failure.concerns === 'connection') throw failure;
      return { result: 'refused', why: { code: 'failed', params: { why: failure.why } } };
    }
  }

  /** Has a job make the same change of all of them. A failure of the request is these tickets', and of no others. */
  async function changeTogether(requests: readonly Task[], change: TagChange): Promise<readonly TicketMarkOutcome[]> {
    const taken: string[] = [];
    const outcomes: TicketMarkOutcome[] = [];
    for (const { id } of requests) {
      try {
        updates.take(id);
        taken.push(id);
      } catch (failure) {
        outcomes.push({ id, ...busy(failure) });
      }
    }
    if (taken.length === 0) return outcomes;
    const all = (outcome: MarkOutcome) => [...outcomes, ...taken.map((id) => ({ id, ...outcome }))];
    try {
      await jobs.start(taken, change);
      return all({ result: 'unfinished' });
    } catch (failure) {
      const upstream = failure instanceof UpstreamBusy || failure instanceof UpstreamRefused;
      if (!upstream || failure.concerns === 'connection') throw failure;
      if (failure instanceof UpstreamRefused)
        return all({ result: 'refused', why: { code: 'failed', params: { why: failure.why } } });
      return all({ result: 'unfinished', ...waitOf(failure) });
    }
  }

  async function fulfil(requests: readonly Task[]): Promise<readonly TicketMarkOutcome[]> {
    const states = await jobs.states(requests.map(({ id }) => id));
    const known = requests.flatMap((request) => outcomeOfJob(request, states.get(request.id)) ?? []);
    const handled = new Set(known.map(({ id }) => id));
    const open = requests.filter(({ id }) => !handled.has(id));
    const ids = open.map(({ id }) => id);
    const found = await showMany(client, { list: '/tickets', ids, include: 'metric_sets', answer: standingTickets });
    const standing = new Map(found.map((ticket) => [ticket.id, ticket]));

    const outcomes = [...known];
    const alone: Task[] = [];
    const together = new Map<string, Task[]>();
    for (const request of open) {
      const ticket = standing.get(request.id);
      const outcome = outcomeOfStanding(request, ticket) ?? failureOfJob(request, states.get(request.id));
      if (outcome) outcomes.push({ id: request.id, ...outcome });
      else if (request.note || isExchange(request, ticket)) alone.push(request);
      else together.set(keyOf(request), [...(together.get(keyOf(request)) ?? []), request]);
    }
    for (const several of together.values()) {
      const [first, ...others] = several;
      if (first && others.length > 0) outcomes.push(...(await changeTogether(several, first.change)));
      else alone.push(...several);
    }
    const changes = alone.flatMap((request) => ({ request, ticket: standing.get(request.id) }));
    const work = async ({ request, ticket }: (typeof changes)[number]) =>
      ticket ? changeAlone(request, ticket) : ({ result: 'gone' } as const);
    outcomes.push(...(await oneByOne(changes, work, requests.length === 1)));
    const byTicket = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
    return requests.flatMap(({ id }) => byTicket.get(id) ?? []);
  }

  return {
    mark: (marks) =>
      fulfil(
        marks.map((mark): Task => {
          const tags = [answeredTag, tagOf(mark.category)];
          return {
            ...{ id: mark.id, result: 'marked', tags, change: { additional_tags: tags } },
            without: tagsOf(mark).filter((tag) => !tags.includes(tag)),
            ...(mark.note ? { note: () => missingNote(mark) } : {}),
          };
        }),
      ),
    unmark: (ids) =>
      fulfil(
        ids.map((id) => ({ id, result: 'unmarked', tags: [], without: everyTag, change: { remove_tags: everyTag } })),
      ),
  };
}

/** What the ticket's job says for itself: it is under way, or has done just this. */
function outcomeOfJob(request: Task, state: TagJobState | undefined): TicketMarkOutcome | undefined {
  const { id, result } = request;
  if (!state) return undefined;
  if ('retryAfter' in state) return { id, result: 'unfinished', retryAfter: state.retryAfter };
  const isThis = isDeepStrictEqual(state.change, request.change) && !request.note;
  return isThis && state.outcome.result === 'written' ? { id, result } : undefined;
}

/** Why the job that was to do this has not, where nothing about the ticket says it. */
function failureOfJob(request: Task, state: TagJobState | undefined): MarkOutcome | undefined {
  if (!state || 'retryAfter' in state || !isDeepStrictEqual(state.change, request.change)) return undefined;
  const { result } = state.outcome;
  if (result === 'written') return undefined;
  if (result === 'gone') return { result };
  if (result === 'refused') return { result, why: { code: 'refused', params: { said: '' } } };
  return { result: 'busy' };
}

/** What needs no change, or allows none. */
function outcomeOfStanding({ result, tags, without, note }: Task, ticket?: StandingTicket): MarkOutcome | undefined {
  if (!ticket || ticket.gone) return { result: 'gone' };
  if (ticket.closed) return { result: 'refused', why: { code: 'locked', params: { kind: 'closed' } } };
  const stands = tags.every((tag) => ticket.tags.includes(tag)) && !ticket.tags.some((tag) => without.includes(tag));
  return stands && !note ? { result } : undefined;
}

/** Whether tags come in the place of others. */
function isExchange({ tags, without }: Task, ticket: StandingTicket | undefined): boolean {
  return tags.length > 0 && (ticket?.tags ?? []).some((tag) => without.includes(tag));
}

function keyOf({ change }: Task): string {
  return JSON.stringify(change);
}

function busy(failure: unknown): MarkOutcome {
  if (!(failure instanceof UpstreamBusy)) throw failure;
  return { result: 'busy', ...waitOf(failure) };
}

function waitOf({ retryAfter }: UpstreamBusy): { retryAfter?: number } {
  return retryAfter === undefined ? {} : { retryAfter };
}

/** A ticket that fails alone is busy; while none has an outcome, a failure is the whole call's. */
async function oneByOne<Item extends { request: { id: string } }>(
  items: readonly Item[],
  work: (item: Item) => Promise<MarkOutcome>,
  isWholeCall: boolean,
): Promise<readonly TicketMarkOutcome[]> {
  const outcomes: TicketMarkOutcome[] = [];
  for (const item of items) {
    const { id } = item.request;
    try {
      outcomes.push({ id, ...(await work(item)) });
    } catch (failure) {
      if (!(failure instanceof UpstreamBusy) || isWholeCall) throw failure;
      if (failure.concerns === 'connection' && outcomes.length === 0) throw failure;
      outcomes.push({ id, ...busy(failure) });
    }
  }
  return outcomes;
}

/** Every tag that an answer to this metric may have. */
function tagsOf({ metric, scale: highest }: Pick<TicketMark, 'metric' | 'scale'>): readonly string[] {
  const scale = scaleFor(metric, highest);
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
