import { z } from 'zod';
import type { WriteOutcome } from '../../src/connector.ts';
import type { Job } from './schema.ts';

/** What a batch's receipt has to remember: failed rows name their place in the batch and not their user. */
const receipt = z.object({ job: z.string(), ids: z.array(z.string()) });
export type Receipt = z.infer<typeof receipt>;

export function writeReceipt(content: Receipt): string {
  return JSON.stringify(content);
}

export function readReceipt(text: string): Receipt {
  return receipt.parse(JSON.parse(text));
}

/**
 * What became of each user of a batch; nothing while its job is under way. A completed job may hold failed rows; of a
 * job that was killed, that failed as a whole or that Zendesk no longer knows (it forgets them after about a day),
 * nobody can say what it has written.
 */
export function readOutcomes(job: Job | undefined, ids: readonly string[]): readonly WriteOutcome[] | undefined {
  if (job && (job.status === 'queued' || job.status === 'working')) return undefined;
  if (job?.status !== 'completed') return ids.map((id) => ({ id, result: 'unknown' }));
  const rows = new Map(job.rows.map((row) => [row.id ?? ids[row.index], row]));
  return ids.map((id) => {
    const row = rows.get(id);
    return row ? outcomeOf(id, row) : { id, result: 'unknown' };
  });
}

/** A row's reason is prose in no documented set of words, and may quote values: it is sorted and never repeated. */
function outcomeOf(id: string, { success, error, details }: Job['rows'][number]): WriteOutcome {
  if (success) return { id, result: 'written' };
  const reason = `${error} ${details}`;
  if (/not ?found|does not exist|deleted/iu.test(reason)) return { id, result: 'gone' };
  if (/conflict|time(?:d )?-?out|temporar|unavailable|throttl|rate limit|try again/iu.test(reason))
    return { id, result: 'busy' };
  if (/forbidden|permission|denied|shared/iu.test(reason))
    return { id, result: 'refused', why: { code: 'locked', params: { kind: 'protected' } } };
  return { id, result: 'refused', why: { code: 'refused', params: { said: '' } } };
}
