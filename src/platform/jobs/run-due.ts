import { runBudgetMs } from './timing.ts';

/** How a job works through what is due. */
export type DueWork<Due> = {
  /** Takes what is due next; nothing when the job is done, or may not go on. */
  claim: () => Promise<Due | undefined>;
  /** Handles it. @returns 'stop' when the job is done, or may not go on */
  handle: (due: Due) => Promise<'stop' | undefined>;
  /** Called once when the budget is spent, to arrange the next run. */
  again: () => Promise<void>;
  /** Says that the process is about to stop: nothing more is claimed. */
  signal: AbortSignal;
  /** Milliseconds that only go forward. */
  monotonic: () => number;
  budgetMs?: number;
};

/**
 * Claims and handles what is due until nothing is left, until the process stops, or until the budget is spent: a job
 * runs for a minute at most and then makes room for the others. The budget is looked at after each handling, so every
 * run gets something done.
 */
export async function runDue<Due>(work: DueWork<Due>): Promise<void> {
  const { claim, handle, again, signal, monotonic, budgetMs = runBudgetMs } = work;
  const isSpent = startBudget(monotonic, budgetMs);
  while (!signal.aborted) {
    const due = await claim();
    if (due === undefined || (await handle(due)) === 'stop') return;
    if (isSpent()) return again();
  }
}

/** Starts the time that a job may take. @returns whether it is spent by now */
export function startBudget(monotonic: () => number, budgetMs = runBudgetMs): () => boolean {
  const started = monotonic();
  return () => monotonic() - started > budgetMs;
}
