import type { z } from 'zod';
import type { ZendeskClient } from './client.ts';

/**
 * Looks up to 100 objects up by id in one call, with what comes along beside them. Those that do not exist are absent.
 * https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/#show-multiple-tickets
 *
 * @param wanted.list the path of the list that they are in: `/tickets`
 * @param wanted.include the sideloads, separated by commas
 */
export async function showMany<Row>(
  client: ZendeskClient,
  {
    list,
    ids,
    include,
    answer,
  }: { list: string; ids: readonly string[]; include?: string; answer: z.ZodType<readonly Row[]> },
): Promise<readonly Row[]> {
  if (ids.length === 0) return [];
  const found = await client.find({
    lane: 'read',
    method: 'GET',
    path: `${list}/show_many`,
    query: { ids: ids.join(','), ...(include === undefined ? {} : { include }) },
    answer,
  });
  return found ?? [];
}
