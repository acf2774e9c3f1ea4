import { z } from 'zod';
import { text } from './shapes.ts';

/** One page of a list, and the query of the next. */
export type Page<T> = { items: readonly T[]; next?: Readonly<Record<string, string>> };

/** How a page tells of the next one: by cursor, or by number. */
export const pageLinks = {
  meta: z.object({ has_more: z.boolean() }).nullish(),
  links: z.object({ next: text }).nullish(),
  next_page: text,
};

/** Only the query of a link is followed: its host is Zendesk's public one, which may not be where we ask. */
export function pageSchema<T>(
  items: readonly T[],
  { meta, links, next_page }: z.infer<z.ZodObject<typeof pageLinks>>,
): Page<T> {
  const link = meta?.has_more === false ? undefined : (links?.next ?? next_page);
  if (link === undefined) return { items };
  return { items, next: Object.fromEntries(new URL(link, 'https://zendesk.invalid').searchParams) };
}
