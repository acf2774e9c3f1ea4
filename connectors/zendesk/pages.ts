import type { z } from 'zod';
import type { ZendeskClient } from './client.ts';
import type { Page } from './page-schema.ts';

/** No list of ours is longer; it ends the following of links that lead in a circle. */
const mostPages = 50;

/** Everything in a list, page by page. */
export async function readAll<T>(
  client: ZendeskClient,
  { path, answer, concerns }: { path: string; answer: z.ZodType<Page<T>>; concerns?: 'request' },
): Promise<readonly T[]> {
  const items: T[] = [];
  let query: Page<T>['next'] = { 'page[size]': '100' };
  for (let page = 0; query && page < mostPages; page += 1) {
    const { items: more, next }: Page<T> = await client.call({
      lane: 'read',
      method: 'GET',
      path,
      query,
      answer,
      ...(concerns ? { concerns } : {}),
    });
    items.push(...more);
    query = next;
  }
  return items;
}
