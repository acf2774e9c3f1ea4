import type { DryRun } from '../api/dry-runs.ts';

export type Volume = { mean: number; busiest: number };

const day = 86_400_000;

/** How many emails a day a finished dry run found. */
export function dryRunVolume(run: DryRun | undefined): Volume | undefined {
  if (run?.status !== 'finished' || run.findings === null) return undefined;
  const days = Math.max(1, Math.round((Date.parse(run.createdAt) - Date.parse(run.since)) / day));
  const emails = run.findings.days.reduce((sum, { emails: of }) => sum + of, 0);
  return { mean: Math.ceil(emails / days), busiest: run.findings.busiestDay };
}
