import { z } from 'zod';
import { normalizeEmail } from '../../model/contact.ts';
import { fieldIssue } from '../../model/field-problems.ts';
import { isZone } from '../../model/zones.ts';
import type { SortBy } from '../database/page.ts';
import { periodStart } from '../period.ts';

/** A moment in what we answer. */
export const utcTimestamp = z.iso.datetime().describe('A timestamp in UTC.');

export const id = z.uuid();

/** `:id` in an address. */
export const byId = z.strictObject({ id });

/** The same where better-auth, or nobody in particular, made the id. */
export const byTextId = z.strictObject({ id: z.string().min(1).max(64) });

/** Whom somebody signs in as. */
export const accountEmail = z
  .email()
  .max(254)
  .transform((address) => address.toLowerCase());

/**
 * Years that mean something here, and that every part of the service and the database can reckon with. What is no moment
 * at all has no year to be wrong: that is said already.
 */
const isReckonable = (text: string) => {
  const year = new Date(text).getUTCFullYear();
  return Number.isNaN(year) || (year >= 1970 && year <= 2999);
};
const unreckonable = fieldIssue('field.out_of_range', { min: 1970, max: 2999 });

/** A moment as a caller writes it. */
export const sentTimestamp = z.iso.datetime({ offset: true }).refine(isReckonable, unreckonable);

/** The same, or a day. */
export const sentTimestampOrDay = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], fieldIssue('field.timestamp_or_day'))
  .refine(isReckonable, unreckonable);

/** A moment in a query, or a day: the instant at which it begins is known with the workspace's time zone. */
export type RequestedTime = { in(timeZone: string): Date };

export const requestedTime = sentTimestampOrDay.transform(
  (text): RequestedTime => ({ in: (timeZone) => periodStart(text, timeZone) }),
);

/** Yes or no in a query. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const wholeNumber = z.coerce.number().int();

export const text = (longest: number) => z.string().min(1).max(longest);

export const email = z
  .string()
  .max(320)
  .transform((written) => normalizeEmail(written) ?? written)
  .describe('An email address.');

/** As IANA names it. */
export const timeZone = z.string().max(60).refine(isZone, fieldIssue('field.time_zone'));

/** Which page of a list. */
export const pageQuery = {
  limit: wholeNumber.min(1).max(200).default(50).describe('Maximum number of items.'),
  cursor: z.string().max(4000).optional().describe('`next` of the previous page.'),
  count: flag.optional().describe('Whether to count all items, up to 10,000.'),
};

/** More columns than that tell no rows apart, and each makes the query longer. */
const mostSorted = 5;

/** In which order. @param orders what the list can be sorted by */
export function sortQuery<const Orders extends readonly [string, ...string[]]>(orders: Orders) {
  const one = `-?(?:${orders.join('|')})`;
  const all = new RegExp(`^${one}(?:,${one})*$`, 'u');
  return {
    sort: z
      .string()
      .max(500)
      .refine((written) => all.test(written), fieldIssue('field.sort', { columns: orders }))
      .transform((written): SortBy[] =>
        written
          .split(',')
          .map((name) =>
            name.startsWith('-') ? { by: name.slice(1), descending: true } : { by: name, descending: false },
          ),
      )
      .refine(
        (sort) => sort.length <= mostSorted && new Set(sort.map(({ by }) => by)).size === sort.length,
        fieldIssue('field.sort_columns', { max: mostSorted }),
      )
      .optional()
      .describe('Fields to sort by, separated by commas. A leading "-" sorts in descending order.'),
  };
}

/** What every list answers. */
export function listShape<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    next: z.string().nullable().describe('The `cursor` of the next page. Null on the last page.'),
    total: z
      .strictObject({ count: z.int(), more: z.boolean().describe('Whether there are more items than were counted.') })
      .optional()
      .describe('Total count, with `count=true`.'),
  });
}

export type GivenInput<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> };

/** Leaves out what was not said. */
export function withoutUndefined<Value extends object>(value: Value): GivenInput<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, of]) => of !== undefined)) as GivenInput<Value>;
}
