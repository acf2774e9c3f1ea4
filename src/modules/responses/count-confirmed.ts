import type { ResponsesContext } from './context.ts';
import type { ResponseRow } from './queries/responses.ts';

/** Counts a response that was confirmed just now, by its contact or by hand. Tests are nobody's answers. */
export function countConfirmed(
  { metrics }: Pick<ResponsesContext, 'metrics'>,
  { channel, metric, test }: Pick<ResponseRow, 'channel' | 'metric' | 'test'>,
): void {
  if (!test) metrics.count('responses_confirmed', { channel, metric });
}
