import type { Trace } from '../src/modules/responses/evidence/trace.ts';

export const second = 1000;
export const minute = 60 * second;
export const sentAt = new Date('2026-11-02T09:00:00Z');

/** So many milliseconds after the email left. */
export const later = (milliseconds: number) => new Date(sentAt.getTime() + milliseconds);

type Told = Partial<Omit<Trace, 'at' | 'id'>> & { after: number };

/** Traces in the order of the list, from clients of whom nothing is known; `after` counts from the email's leaving. */
export function traces(...told: readonly Told[]): readonly Trace[] {
  const nothing = { kind: 'open', rating: null, visitor: null, network: null, scanner: null, page: null } as const;
  return told.map(({ after, ...more }, index) => ({ ...nothing, id: index + 1, at: later(after), ...more }));
}

/** Every number opened, one after the other. */
export function everyNumber({ after, apart = 0, ...more }: Told & { apart?: number }): readonly Told[] {
  return Array.from({ length: 11 }, (_, rating) => ({ ...more, rating, after: after + rating * apart }));
}
