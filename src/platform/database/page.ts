import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import { invalidField } from '../../model/errors.ts';
import { only, type Queryable, rows } from './database.ts';
import { storable } from './storable.ts';

/** Which part of a list is wanted, and in which order. */
export type Page = {
  limit: number;
  /** The list's own order unless said. */
  sort?: readonly SortBy[];
  /** Goes on behind the page that ended with this `next`. */
  cursor?: string;
  /** Whether to tell how many there are in all. */
  count?: boolean;
};

/** Far enough to tell a long list from a short one; counting on would cost more than the page. */
const mostCounted = 10_000;

/** How many rows a list has; where there are `more`, it was not counted on. */
export type Total = { count: number; more: boolean };

export type SortBy = { by: string; descending: boolean };

/** A page; `next` is absent from the last one. */
export type Listed<Row> = { items: Row[]; next: string | null; total?: Total };

/**
 * What a list can be sorted by. Whoever has no value there comes last, whichever way it is sorted.
 *
 * `known` is true of every row with a value, and says where an index finds it.
 */
export type SortColumn = { of: SQL | PgColumn; as: keyof typeof values; nullable?: boolean; known?: SQL };

type Key = SortColumn & { descending: boolean };

export type Order = {
  /** Where a row stands in the order: select it along. */
  place: SQL<unknown[]>;
  /** What comes after the cursor, in sections of which one follows the other. */
  sections: { where: SQL[]; orderBy: SQL[] }[];
};

/** What may stand in a cursor, by the type that the database reads it as. */
const values = {
  timestamptz: z.iso.datetime({ offset: true }).refine((text) => /^(?!0000)\d{4}-/u.test(text)),
  'double precision': z.number(),
  text: z.string().refine((text) => storable(text) === text),
  bigint: z.int(),
  integer: z.int32(),
  uuid: z.uuid(),
} as const;

/**
 * The order of a list and where a page of it begins. A page begins behind the last row of the one before, by that
 * row's own values: rows that come and go meanwhile move nothing.
 *
 * @param columns what it can be sorted by; `id` tells rows apart that are otherwise alike
 * @param usual the order when none is wished for
 * @throws RequestError when the cursor is not ours, or of another order
 */
export function inOrder(
  columns: Readonly<Record<string, SortColumn>> & { id: SortColumn },
  usual: readonly SortBy[],
  page: Page,
): Order {
  const sort = page.sort && page.sort.length > 0 ? page.sort : usual;
  const keys: Key[] = [...sort, { by: 'id', descending: sort.at(-1)?.descending ?? false }].map(
    ({ by, descending }) => {
      const column = columns[by];
      if (!column) throw new Error(`a list cannot be sorted by ${by}`);
      return { ...column, descending };
    },
  );
  const place = page.cursor === undefined ? undefined : readCursor(page.cursor, sort, keys);
  return {
    // A list beside it says which order this place is in.
    place: sql`json_build_array(${sql.join([sql`${nameOf(sort)}::text`, ...keys.map(({ of }) => sql`${of}`)], sql`, `)})`,
    sections: sectionsOf(keys, place),
  };
}

/**
 * Those with a value in the first column, and behind them those without: an index that is sorted one way serves either
 * way then, since there is nothing without a value in the first section.
 */
function sectionsOf(keys: readonly Key[], place: readonly Value[] | undefined): Order['sections'] {
  const [first, ...others] = keys;
  const rowsAfter = place === undefined ? [] : afterPlace(keys, place);
  if (!first?.nullable) return [{ where: rowsAfter, orderBy: keys.map((key) => ordered(key)) }];
  const { of, known, descending } = first;
  const valued = {
    where: [sql`${of} is not null`, ...(known ? [known] : []), ...rowsAfter],
    orderBy: [
      sql`${of} ${descending ? sql`desc nulls last` : sql`asc nulls first`}`,
      ...others.map((key) => ordered(key)),
    ],
  };
  const without = { where: [sql`${of} is null`, ...rowsAfter], orderBy: others.map((key) => ordered(key)) };
  return place !== undefined && place[0] === null ? [without] : [valued, without];
}

function ordered({ of, descending, nullable }: Key): SQL {
  return sql`${of} ${descending ? sql`desc` : sql`asc`}${nullable ? sql` nulls last` : sql``}`;
}

/** Rows that a list has behind some place: all of them without one. */
type Rows<Row> = {
  orderBy(...by: SQL[]): { limit(most: number): PromiseLike<Row[]> };
  limit(most: number): SQLWrapper;
};

/** The page that was asked for. @param rowsAfter the list's rows, with `place` among their columns */
export async function readPage<Row extends { place: unknown[] }>(
  db: Queryable,
  order: Order,
  page: Page,
  rowsAfter: (place: readonly SQL[]) => Rows<Row>,
): Promise<Listed<Omit<Row, 'place'>>> {
  const found: Row[] = [];
  for (const { where, orderBy } of order.sections) {
    if (found.length === page.limit) break;
    found.push(
      ...(await rowsAfter(where)
        .orderBy(...orderBy)
        .limit(page.limit - found.length)),
    );
  }
  const listed = pageOf(found, page);
  return page.count ? { ...listed, total: await countRows(db, rowsAfter([])) } : listed;
}

async function countRows(db: Queryable, all: Rows<unknown>): Promise<Total> {
  const counted = await rows<{ count: number }>(
    db,
    sql`select count(*)::int as count from ${all.limit(mostCounted + 1)} as counted`,
  );
  const { count } = only(counted);
  return { count: Math.min(count, mostCounted), more: count > mostCounted };
}

function pageOf<Row extends { place: unknown[] }>(found: readonly Row[], { limit }: Page): Listed<Omit<Row, 'place'>> {
  const last = found.length === limit ? found.at(-1) : undefined;
  return {
    items: found.map(({ place: _place, ...row }) => row),
    next: last ? Buffer.from(JSON.stringify(last.place)).toString('base64url') : null,
  };
}

type Value = string | number | null;

function afterPlace(keys: readonly Key[], place: readonly Value[]): SQL[] {
  const [first] = keys;
  const [value = null] = place;
  if (!first || value === null || first.nullable) return [after(keys, place)];
  // Says the same once more in a form that an index on the first column can answer.
  const bound = sql`${first.of} ${first.descending ? sql`<=` : sql`>=`} ${value}::${sql.raw(first.as)}`;
  return [bound, after(keys, place)];
}

function after([key, ...keys]: readonly Key[], [value = null, ...others]: readonly Value[]): SQL {
  if (!key) return sql`false`;
  const { of, as, descending, nullable } = key;
  const rest = after(keys, others);
  if (value === null) return sql`(${of} is null and ${rest})`;
  const given = sql`${value}::${sql.raw(as)}`;
  const beyond = sql`${of} ${descending ? sql`<` : sql`>`} ${given}`;
  return sql`(${beyond}${nullable ? sql` or ${of} is null` : sql``} or (${of} = ${given} and ${rest}))`;
}

function nameOf(sort: readonly SortBy[]): string {
  return sort.map(({ by, descending }) => (descending ? `-${by}` : by)).join(',');
}

function readCursor(cursor: string, sort: readonly SortBy[], keys: readonly Key[]): readonly Value[] {
  const [first, ...others] = keys.map(({ as, nullable }) => (nullable ? values[as].nullable() : values[as]));
  const place = z.tuple([z.literal(nameOf(sort)), ...(first ? [first, ...others] : [])]);
  const read = place.safeParse(parsed(cursor));
  if (read.success) return read.data.slice(1) as Value[];
  throw invalidField('cursor', { code: 'field.cursor', params: {} });
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
