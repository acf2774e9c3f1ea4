import type { DryRun } from '../api/dry-runs.ts';

export type Volume = { mean: number; busiest: number };

const day = 86_400_000;

/** How many mails a day a finished dry run found. */
export function volumeOf(run: DryRun | undefined): Volume | undefined {
  if (run?.status !== 'finished' || run.findings === null) return undefined;
  const days = Math.max(1, Math.round((Date.parse(run.createdAt) - Date.parse(run.since)) / day));
  const mails = run.findings.days.reduce((sum, { mails: of }) => sum + of, 0);
  return { mean: Math.ceil(mails / days), busiest: run.findings.busiestDay };
}
