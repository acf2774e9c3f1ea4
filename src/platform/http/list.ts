import { z } from 'zod';
import type { PlatformContext } from '../context.ts';
import type { Listed, Page } from '../database/page.ts';
import { createRender, type Render } from '../messages/render.ts';
import { withOffset } from '../period.ts';
import { findTimeZone } from '../workspaces/queries.ts';
import { exportColumns, type ShownColumns } from './columns.ts';
import { formats } from './files.ts';
import { type Plain, type Route, type RouteInput, route, streamingRoute } from './route.ts';
import type { Scope } from './scopes.ts';
import { type GivenInput, listShape, pageQuery, type RequestedTime, sortQuery, withoutUndefined } from './shapes.ts';

export type ListDeclared<Shape extends z.ZodRawShape, Item extends z.ZodObject> = {
  path: string;
  about: string;
  summary: string;
  scope?: Scope;
  /** What it can be sorted by. */
  orders: readonly [string, ...string[]];
  /** What can be looked for in it. */
  filter: Shape;
  item: Item;
  /** How parts of an item stand in a file, where one column with their own value would not do. */
  shown?: ShownColumns;
  find(
    db: PlatformContext['database']['db'],
    workspaceId: string,
    filter: GivenInput<Placed<z.output<z.ZodObject<Shape>>>>,
    page: Page,
    say: Render,
  ): Promise<Listed<Plain<z.output<Item>>>>;
};

/** A file is many pages of a list. */
const exportTokens = 20;

/** With every wished moment as the instant that it is in the workspace's time zone. */
type Placed<Requested> = {
  [Key in keyof Requested]: Requested[Key] extends RequestedTime | undefined
    ? Date | (undefined extends Requested[Key] ? undefined : never)
    : Requested[Key];
};

/** How many rows of a file are read at once. */
const pageOfFile = 1000;

/** The list by pages, and all of it as a file of each format, with the same filter and order. */
export function routesOfList<Shape extends z.ZodRawShape, Item extends z.ZodObject>(
  { database, clock }: PlatformContext,
  { path, about, summary, scope = 'read', orders, filter, item, shown = {}, find }: ListDeclared<Shape, Item>,
): readonly Route[] {
  const requests = { ...sortQuery(orders), ...filter } as z.ZodRawShape;
  const columns = exportColumns(item, shown);
  const name = path.slice(1);

  type In = { workspaceId: string; timeZone: string; say: Render };

  function page({ workspaceId, timeZone, say }: In, { limit, cursor, sort, count, ...requested }: Page) {
    const of = { limit, ...withoutUndefined({ cursor, sort, count }) };
    const placed = Object.entries(withoutUndefined(requested)).map(([key, value]) => [
      key,
      isRequestedTime(value) ? value.in(timeZone) : value,
    ]);
    return find(database.db, workspaceId, Object.fromEntries(placed) as never, of, say);
  }

  async function placeOf({ caller: { workspaceId }, language }: Pick<RouteInput, 'caller' | 'language'>): Promise<In> {
    const timeZone = await findTimeZone(database.db, workspaceId);
    return { workspaceId, timeZone, say: createRender({ language, timeZone }) };
  }

  /** All rows, of which one page at a time is held. */
  async function* through(place: In, requested: Page, first: Listed<unknown>): AsyncGenerator<object[]> {
    let found = first;
    for (;;) {
      yield found.items as object[];
      if (found.next === null) return;
      found = await page(place, { ...requested, cursor: found.next });
    }
  }

  return [
    route({
      method: 'get',
      path,
      about,
      summary,
      scope,
      query: z.strictObject({ ...pageQuery, ...requests }),
      answer: listShape(item),
      respond: async ({ query, ...sent }) => (await page(await placeOf(sent), query as Page)) as never,
    }),
    ...formats.map(({ ending, type, title, write }) =>
      streamingRoute({
        path: `${path}.${ending}`,
        about,
        summary: `Exports the list as ${title}, all pages.`,
        scope,
        query: z.strictObject(requests),
        streams: type,
        tokens: exportTokens,
        does: `${name}.export`,
        respond: async ({ query, ...sent }) => {
          const requested = { ...(query as object), limit: pageOfFile };
          // Whatever is wrong with the wishes is said before a file begins.
          const place = await placeOf(sent);
          const first = await page(place, requested);
          const today = withOffset(clock(), place.timeZone).slice(0, 10);
          const file = `scoreback-${name}-${today}.${ending}`;
          return {
            headers: { 'Content-Disposition': `attachment; filename="${file}"`, 'Cache-Control': 'no-store' },
            pieces: write(through(place, requested, first), { name, columns, timeZone: place.timeZone }),
          };
        },
      }),
    ),
  ];
}

function isRequestedTime(value: unknown): value is RequestedTime {
  return typeof value === 'object' && value !== null && 'in' in value;
}

/** The same page with every item as it is told. */
export function mapItems<Row, Item>(page: Listed<Row>, told: (row: Row) => Item): Listed<Item> {
  return { ...page, items: page.items.map(told) };
}

/** A row as a list's query finds it. */
export type RowOf<List extends (...given: never[]) => Promise<Listed<unknown>>> = Awaited<
  ReturnType<List>
>['items'][number];
