import type { MarkOutcome, TicketMark, TicketMarkOutcome } from '../../connector.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { MarkMessage } from '../../model/messages/write-outcome.ts';
import { category, scaleFor } from '../../model/scale.ts';
import { findConnection, type LiveConnection } from '../connections/index.ts';
import type { ContactsContext } from '../contacts/index.ts';
import { type DueMark, dueMarks, noteMarked, saveMark } from '../tickets/index.ts';

const lastTry = 8;

/** How long a mark that the vendor is still making is left alone, where it does not say, in milliseconds. */
const unfinishedForMs = 1000;

type Answered = DueMark & { answer: NonNullable<DueMark['answer']> };

/**
 * Makes answers stand on their tickets, in batches, where the connection does so: triggers of a helpdesk run only when
 * a ticket changes. Where no answer is left on the record, or the ticket is asked about anew, the mark goes. What an
 * earlier answer has left is taken away first, so that each answer changes its ticket, also one of the same category.
 *
 * @returns how many it took on
 */
export async function markTickets(context: ContactsContext, live: LiveConnection): Promise<number> {
  const { db } = context.database;
  const { tickets } = live.capabilities;
  const due = await dueMarks(db, live.id, context.clock(), tickets?.batchSize ?? 1);
  if (due.length === 0) return 0;
  const row = await findConnection(db, live.id);
  const { mark, unmark } = tickets ?? {};
  if (!row?.tagTickets || !mark || !unmark) {
    for (const one of due) await saveMark(db, one, { outcome: { code: 'marks_off', params: {} } });
    return due.length;
  }

  const left = new Set(due.filter(isAnswered));
  await inBatches(
    due.filter(isOutdated),
    (some) => unmark(some.map(({ externalId }) => externalId)),
    async (one, outcome) => {
      if (outcome.result === 'unmarked') await noteMarked(db, one.id, null);
      if (isAnswered(one) && outcome.result === 'unmarked') return;
      if (isAnswered(one)) left.delete(one);
      await saveOutcome(context, one, outcome);
    },
  );
  const asMarks = (some: readonly Answered[]) => some.map((one) => markOf(one, row.addTicketNotes));
  await inBatches(
    [...left],
    (some) => mark(asMarks(some)),
    async (one, outcome) => {
      if (outcome.result === 'marked') await noteMarked(db, one.id, one.answer.ratedAt);
      await saveOutcome(context, one, outcome);
    },
  );
  return due.length;
}

function isAnswered(due: DueMark): due is Answered {
  return due.answer !== undefined;
}

/** Whether what is marked there has to go. */
function isOutdated({ answer, markedAnswerAt }: DueMark): boolean {
  return !answer || (markedAnswerAt !== null && markedAnswerAt.getTime() !== answer.ratedAt.getTime());
}

/** A batch that fails as a whole is halved until the ticket that is to blame stands alone. */
async function inBatches<Due extends DueMark>(
  due: readonly Due[],
  work: (some: readonly Due[]) => Promise<readonly TicketMarkOutcome[]>,
  save: (one: Due, outcome: MarkOutcome) => Promise<void>,
): Promise<void> {
  const [first, ...others] = due;
  if (!first) return;
  let outcomes: readonly TicketMarkOutcome[];
  try {
    outcomes = await work(due);
  } catch (failure) {
    const upstream = failure instanceof UpstreamBusy || failure instanceof UpstreamRefused;
    if (!upstream || failure.concerns === 'connection') throw failure;
    if (others.length === 0) return save(first, outcomeOf(failure));
    const middle = Math.ceil(due.length / 2);
    await inBatches(due.slice(0, middle), work, save);
    return inBatches(due.slice(middle), work, save);
  }
  const byTicket = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  for (const one of due) {
    await save(one, byTicket.get(one.externalId) ?? { result: 'busy' });
  }
}

function outcomeOf(failure: UpstreamBusy | UpstreamRefused): MarkOutcome {
  if (failure instanceof UpstreamRefused) {
    return { result: 'refused', why: { code: 'failed', params: { why: failure.why } } };
  }
  const wait = failure.retryAfter === undefined ? {} : { retryAfter: failure.retryAfter };
  return { result: 'busy', ...wait };
}

async function saveOutcome({ database, clock }: ContactsContext, due: DueMark, outcome: MarkOutcome): Promise<void> {
  const wait = waitFor(outcome, due);
  const again = wait === undefined ? {} : { again: new Date(clock().getTime() + wait) };
  await saveMark(database.db, due, { outcome: messageOf(outcome), counts: outcome.result === 'busy', ...again });
}

/** Until it is asked for again, in milliseconds; nothing where this is the end of it. What is under way has not failed. */
function waitFor(outcome: MarkOutcome, { attempts }: DueMark): number | undefined {
  if (outcome.result === 'unfinished') return outcome.retryAfter ?? unfinishedForMs;
  if (outcome.result !== 'busy' || attempts + 1 >= lastTry) return undefined;
  return outcome.retryAfter ?? 2000 * 2 ** attempts;
}

function markOf({ externalId: id, answer }: Answered, note: boolean): TicketMark {
  const { metric, rating, scale, comment, answeredAt } = answer;
  return { id, metric, rating, scale, category: category(scaleFor(metric, scale), rating), comment, answeredAt, note };
}

function messageOf(outcome: MarkOutcome): MarkMessage {
  if (outcome.result === 'refused') return outcome.why;
  return { code: outcome.result === 'gone' ? 'ticket_gone' : outcome.result, params: {} };
}
