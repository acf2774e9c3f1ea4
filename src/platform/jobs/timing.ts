import { minuteMs } from '../../model/time-units.ts';
/** How long a job goes on before it hands on to its next run: well within the two minutes after which it counts as lost. */
export const runBudgetMs = 50_000;

/** How long what a job has claimed is its own: longer than handling it may take. After a crash it is due again then. */
export const claimMs = 5 * minuteMs;

/** How far ahead something due gets a wake-up of its own. The sweep comes every minute and finds the rest. */
export const wakeAheadMs = 90_000;

/** How long something is left alone after handling it failed for a reason of our own. */
export const tryAgainAfterMs = minuteMs;
