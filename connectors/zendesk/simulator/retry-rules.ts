/** What came of one attempt to deliver. */
export type DeliveryAnswer =
  | { kind: 'answered'; status: number; retryAfter: string | null }
  | { kind: 'timed_out' }
  | { kind: 'unreachable' };

const retriesAfterTimeout = 5;
const retriesAfterConflict = 3;
/** How often Zendesk comes back to a busy receiver it does not say. */
const retriesWhileBusy = 5;

/** The first wait of those that Zendesk does not specify, in milliseconds; each further one is twice as long. */
const firstWait = 2000;

/**
 * How long Zendesk waits until it tries again, in milliseconds; nothing when it never will, as after most failures.
 *
 * @param attempts made so far, this one included
 * @see https://developer.zendesk.com/documentation/webhooks/
 */
export function waitBeforeRetry(answer: DeliveryAnswer, attempts: number): number | undefined {
  const wait = firstWait * 2 ** (attempts - 1);
  if (answer.kind === 'timed_out') return attempts <= retriesAfterTimeout ? wait : undefined;
  if (answer.kind === 'unreachable') return undefined;
  if (answer.status === 409) return attempts <= retriesAfterConflict ? wait : undefined;
  if (answer.status !== 429 && answer.status !== 503) return undefined;
  const asked = /^\d+$/.test(answer.retryAfter ?? '') ? Number(answer.retryAfter) : Number.POSITIVE_INFINITY;
  return asked < 60 && attempts <= retriesWhileBusy ? asked * 1000 : undefined;
}
