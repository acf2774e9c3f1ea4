import type { Response } from 'express';
import { invalid } from './refusals.ts';

const largestBatch = 100;

/** One thing that went wrong within a batch; it may concern several inputs. */
export type BatchError = {
  status: 'error';
  category: string;
  message: string;
  context: Readonly<Record<string, readonly string[]>>;
};

/** A batch is answered with a 207 as soon as one of its inputs failed. */
export function answerBatch(
  response: Response,
  batch: { results: readonly unknown[]; errors: readonly BatchError[]; succeeded: number; at: Date },
): void {
  const { results, errors, succeeded, at } = batch;
  response.status(errors.length > 0 ? 207 : succeeded).json({
    status: 'COMPLETE',
    results,
    ...(errors.length > 0 ? { numErrors: errors.length, errors } : {}),
    startedAt: at.toISOString(),
    completedAt: at.toISOString(),
  });
}

export function verifyBatch(ids: readonly string[], most = largestBatch): void {
  if (ids.length === 0) throw invalid('inputs may not be empty');
  if (ids.length > most) throw invalid(`A batch takes at most ${most} inputs, not ${ids.length}.`);
  if (new Set(ids).size < ids.length) throw invalid('Duplicate IDs found in batch input');
}

export function failedInBatch(category: string, message: string, context: BatchError['context']): BatchError {
  return { status: 'error', category, message, context };
}

/** What HubSpot says of all missing inputs at once. */
export function missingInBatch(ids: readonly string[], objectType: string): readonly BatchError[] {
  if (ids.length === 0) return [];
  const message = `Could not get some ${objectType} objects, they may be deleted or not exist. Check that ids are valid.`;
  return [failedInBatch('OBJECT_NOT_FOUND', message, { ids })];
}
