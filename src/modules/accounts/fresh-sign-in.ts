import { minuteMs } from '../../model/time-units.ts';

/** Milliseconds after which the password or the second factor is asked for again before something that opens doors. */
const freshForMs = 15 * minuteMs;

/** Whether it is not long ago that a session was verified. */
export function isFresh(verifiedAt: unknown, now: Date): boolean {
  return verifiedAt instanceof Date && now.getTime() - verifiedAt.getTime() <= freshForMs;
}

/** What better-auth knows of the request that makes a session. */
type InRequest = { context: { session?: { session: Readonly<Record<string, unknown>> } | null } } | null;

/**
 * When a new session was verified and last seen. Called for each session that is made: one in the place of another, as
 * after a change of the password, is as fresh as that one was.
 */
export function sessionTimes(request: InRequest, now: Date): { verifiedAt: Date; seenAt: Date } {
  const before = request?.context.session?.session.verifiedAt;
  return { verifiedAt: before instanceof Date ? before : now, seenAt: now };
}
