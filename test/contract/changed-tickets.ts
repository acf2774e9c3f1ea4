import { expect } from 'vitest';
import type { Tickets } from '../../src/connector.ts';

/** The ids of all tickets that have changed since then, from every page; ten pages hold more than any test makes. */
export async function changedTickets(
  { changedSince }: Pick<Tickets, 'changedSince'>,
  since: Date,
): Promise<Set<string>> {
  const seen = new Set<string>();
  let page = await changedSince(since);
  for (let pages = 1; ; pages += 1) {
    for (const { id } of page.changes) seen.add(id);
    if (!page.more) return seen;
    expect(pages).toBeLessThan(10);
    page = await changedSince(since, page.cursor);
  }
}
