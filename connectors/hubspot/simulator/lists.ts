import { Router } from 'express';
import { readQuery } from './inputs.ts';
import { objectTypeIds } from './object-type.ts';
import type { ObjectName, Records } from './records.ts';
import { Refusal } from './refusals.ts';

type List = { object: ObjectName; name: string; members(): readonly string[] };

export type Lists = {
  find(id: string): List | undefined;
  /** @returns the list's id */
  add(list: { object: ObjectName; name: string; ids: readonly string[] }): string;
};

const largestPage = 250;

/** The account's lists; the first is kept by HubSpot and holds every contact. */
export function createLists(records: Records): Lists {
  const allContacts = () => records.all('contacts').map(({ id }) => id);
  const lists: List[] = [{ object: 'contacts', name: 'All contacts', members: allContacts }];
  return {
    find: (id) => lists[Number(id) - 1],
    add: ({ object, name, ids }) => String(lists.push({ object, name, members: () => ids })),
  };
}

/** `/crm/lists/<version>`: a list, and who is in it in the order of ids. */
export function listRoutes(lists: Lists, clock: () => Date): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const listNamed = (id: string): List => {
    const list = lists.find(id);
    if (!list) throw new Refusal(404, `List does not exist with ID ${id}.`, { category: 'OBJECT_NOT_FOUND' });
    return list;
  };

  router.get('/:id', (request, response) => {
    readQuery(request, ['includeFilters']);
    const { object, name, members } = listNamed(request.params.id);
    const size = String(members().length);
    response.json({
      list: {
        ...{ listId: request.params.id, listVersion: 1, name, objectTypeId: objectTypeIds[object] },
        ...{ processingType: 'MANUAL', processingStatus: 'COMPLETE', additionalProperties: { hs_list_size: size } },
      },
    });
  });

  router.get('/:id/memberships', (request, response) => {
    const query = readQuery(request, ['limit', 'after']);
    const ids = listNamed(request.params.id)
      .members()
      .toSorted((a, b) => Number(a) - Number(b));
    const after = query.one('after');
    const start = after === undefined ? 0 : ids.findIndex((id) => Number(id) > Number(after));
    const shown = start < 0 ? [] : ids.slice(start, start + query.count('limit', largestPage));
    const last = shown.at(-1);
    const more = last !== undefined && last !== ids.at(-1);
    response.json({
      results: shown.map((recordId) => ({ recordId, membershipTimestamp: clock().toISOString() })),
      ...(more ? { paging: { next: { after: last } } } : {}),
    });
  });
  return router;
}
