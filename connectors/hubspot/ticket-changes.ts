import type { TicketChanges } from '../../src/connector.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import { type HubspotClient, paths } from './client.ts';
import { page } from './schema.ts';
import { ticket } from './ticket-schema.ts';

/** Milliseconds after which HubSpot's search, which lags behind, is taken to have seen a change. */
const searchLagMs = minuteMs;
const pageSize = 100;

/**
 * Where a poll goes on: from an instant, in the order of changes; or within one instant, behind an id. Each page is a new
 * search rather than an offset: a ticket that changes meanwhile moves to the end, and everything behind it would slip
 * past an offset. That also passes the limit of 10,000 results of one search.
 */
type Position = { since: number; afterId?: string | undefined };

/** One page of the tickets that have changed since then, oldest first. */
export async function readChanges(
  client: HubspotClient,
  { since, cursor, now }: { since: Date; cursor: string | undefined; now: Date },
): Promise<TicketChanges> {
  const from = cursor === undefined ? { since: since.getTime() } : readCursor(cursor);
  const indexedUntil = now.getTime() - searchLagMs;
  const { value } = await client.ask({
    lane: 'search',
    method: 'POST',
    path: `${paths.tickets}/search`,
    body: { ...searchFrom(from), properties: ['hs_lastmodifieddate'], limit: pageSize, after: '0' },
    reads: page(ticket),
  });
  const items = value?.items ?? [];
  const changes = items.flatMap(({ id, updatedAt }) => (updatedAt === undefined ? [] : [{ id, changedAt: updatedAt }]));
  const next = nextPosition(from, { items, hasMore: value?.after !== undefined });
  if (!next) return { changes, more: false, completeUntil: new Date(indexedUntil) };
  return {
    changes,
    more: true,
    cursor: writeCursor(next),
    completeUntil: new Date(Math.min(next.since, indexedUntil)),
  };
}

function searchFrom({ since, afterId }: Position) {
  const filter = (propertyName: string, operator: string, value: string | number) => ({
    propertyName,
    operator,
    value: String(value),
  });
  const begin = filter('hs_lastmodifieddate', 'GTE', since);
  const filters =
    afterId === undefined
      ? [begin]
      : [begin, filter('hs_lastmodifieddate', 'LT', since + 1), filter('hs_object_id', 'GT', afterId)];
  const propertyName = afterId === undefined ? 'hs_lastmodifieddate' : 'hs_object_id';
  return { filterGroups: [{ filters }], sorts: [{ propertyName, direction: 'ASCENDING' }] };
}

/** @returns nothing when everything has been seen */
function nextPosition(
  { since, afterId }: Position,
  { items, hasMore }: { items: readonly { id: string; updatedAt: Date | undefined }[]; hasMore: boolean },
): Position | undefined {
  const last = items.at(-1);
  if (afterId !== undefined) return hasMore && last ? { since, afterId: last.id } : { since: since + 1 };
  if (!hasMore) return undefined;
  const until = Math.max(since, ...items.map(({ updatedAt }) => updatedAt?.getTime() ?? since));
  // A page that one instant fills: the rest of that instant is gone through by id.
  return until > since ? { since: until } : { since, afterId: '0' };
}

function writeCursor({ since, afterId }: Position): string {
  return afterId === undefined ? String(since) : `${since}/${afterId}`;
}

function readCursor(cursor: string): Position {
  const [since, afterId] = cursor.split('/');
  return { since: Number(since), afterId };
}
