import { Router } from 'express';
import { z } from 'zod';
import { compare, Filter, matches, verifyFilter } from './filters.ts';
import { readBody, readQuery } from './inputs.ts';
import { type ObjectType, present } from './object-type.ts';
import type { PropertyDefinition } from './property-definitions.ts';
import type { CrmRecord, Records } from './records.ts';
import { invalid } from './refusals.ts';

/** How many results one search may be paged through. */
export type SearchReach = { most: number };

const Sort = z.strictObject({ propertyName: z.string(), direction: z.enum(['ASCENDING', 'DESCENDING']) });
const Search = z.strictObject({
  filterGroups: z
    .array(z.strictObject({ filters: z.array(Filter).min(1).max(6) }))
    .max(5)
    .default([]),
  sorts: z.array(Sort).max(1).default([]),
  properties: z.array(z.string()).default([]),
  // The newer versions require both.
  limit: z.number().int().min(1).max(200),
  after: z.union([z.string(), z.number()]).transform(Number).pipe(z.number().int().min(0)),
});

const mostFilters = 18;
const longestBody = 3000;

/** `/crm/objects/<version>/<type>/search`: a little behind the records, and never past the ten-thousandth. */
export function searchRoutes(
  type: ObjectType,
  records: Records,
  defined: ReadonlyMap<string, PropertyDefinition>,
  reach: SearchReach,
): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.post('/search', (request, response) => {
    readQuery(request, []);
    if (JSON.stringify(request.body).length > longestBody)
      throw invalid(`The body is longer than ${longestBody} characters.`);
    const { filterGroups, sorts, properties, limit, after } = readBody(Search, request);
    const filters = filterGroups.flatMap((group) => group.filters);
    if (filters.length > mostFilters) throw invalid(`A search takes at most ${mostFilters} filters.`);
    for (const filter of filters) verifyFilter(filter, defined);
    if (after + limit > reach.most) throw invalid(`A search shows at most ${reach.most} results.`);

    const found = records
      .indexed(type.object)
      .filter((record) => isFound(record, filterGroups, defined))
      .toSorted(order(sorts[0] ?? { propertyName: 'createdate', direction: 'ASCENDING' }, defined));
    const end = after + limit;
    response.json({
      total: found.length,
      results: found.slice(after, end).map((record) => present(type, record, properties, defined)),
      ...(end < found.length ? { paging: { next: { after: String(end) } } } : {}),
    });
  });
  return router;
}

/** One group must hold, and in it every filter. */
function isFound(
  record: CrmRecord,
  groups: readonly { filters: readonly Filter[] }[],
  defined: ReadonlyMap<string, PropertyDefinition>,
): boolean {
  if (groups.length === 0) return true;
  return groups.some(({ filters }) => filters.every((filter) => matches(record, filter, defined)));
}

function order(
  { propertyName, direction }: z.infer<typeof Sort>,
  defined: ReadonlyMap<string, PropertyDefinition>,
): (a: CrmRecord, b: CrmRecord) => number {
  const definition = defined.get(propertyName);
  if (!definition) throw invalid(`There is no property called ${propertyName} to sort by.`);
  const sign = direction === 'ASCENDING' ? 1 : -1;
  const value = (record: CrmRecord) => record.properties.get(propertyName) ?? '';
  return (a, b) => {
    // Without a value a record stands at the end, whichever way the rest is sorted.
    if (value(a) === '' || value(b) === '') return Number(value(a) === '') - Number(value(b) === '');
    return sign * compare(value(a), value(b), definition);
  };
}
