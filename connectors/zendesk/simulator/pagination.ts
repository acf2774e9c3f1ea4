import { invalidRequest } from './refusals.ts';

export const pageParameters = ['page[size]', 'page[after]', 'page', 'per_page'] as const;

type Listing<Item> = { items: readonly Item[]; envelope: Readonly<Record<string, unknown>> };

/**
 * One page in whichever of Zendesk's two ways was asked for: by cursor (`page[size]`), with `meta` and `links`, or by
 * number, with `count` and `next_page`. Neither gives more than a hundred.
 *
 * @param address of the list itself, for the link to the next page
 */
export function listPage<Item extends { id: number | string }>(
  all: readonly Item[],
  query: URLSearchParams,
  address: string,
): Listing<Item> {
  return query.has('page[size]') || query.has('page[after]')
    ? pageByCursor(all, query, address)
    : pageByNumber(all, query, address);
}

/** The cursor names the last record seen, so that records made meanwhile shift nothing. */
function pageByCursor<Item extends { id: number | string }>(
  all: readonly Item[],
  query: URLSearchParams,
  address: string,
): Listing<Item> {
  const size = readSize(query, 'page[size]');
  const after = query.get('page[after]');
  const seen = after === null ? -1 : all.findIndex(({ id }) => encodeCursor(id) === after);
  if (after !== null && seen < 0) throw invalidRequest('page[after]', 'It is not a valid cursor.');
  const items = all.slice(seen + 1, seen + 1 + size);
  const more = seen + 1 + items.length < all.length;
  const last = items.at(-1);
  const cursor = last ? encodeCursor(last.id) : null;
  const next = new URLSearchParams(query);
  next.set('page[size]', String(size));
  next.set('page[after]', cursor ?? '');
  return {
    items,
    envelope: {
      meta: { has_more: more, after_cursor: cursor, before_cursor: items[0] ? encodeCursor(items[0].id) : null },
      links: { prev: null, next: more ? `${address}?${next}` : null },
    },
  };
}

function pageByNumber<Item>(all: readonly Item[], query: URLSearchParams, address: string): Listing<Item> {
  const size = readSize(query, 'per_page');
  const page = Number(query.get('page') ?? 1);
  if (!Number.isInteger(page) || page < 1) throw invalidRequest('page', 'It has to be a positive number.');
  const items = all.slice((page - 1) * size, page * size);
  const more = page * size < all.length;
  const addressOf = (number: number) => {
    const other = new URLSearchParams(query);
    other.set('page', String(number));
    return `${address}?${other}`;
  };
  return {
    items,
    envelope: {
      count: all.length,
      next_page: more ? addressOf(page + 1) : null,
      previous_page: page > 1 ? addressOf(page - 1) : null,
    },
  };
}

function readSize(query: URLSearchParams, name: string): number {
  const size = Number(query.get(name) ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > 100) throw invalidRequest(name, 'It has to be from 1 to 100.');
  return size;
}

function encodeCursor(id: number | string): string {
  return Buffer.from(`{"o":"id","v":"${id}"}`).toString('base64url');
}
