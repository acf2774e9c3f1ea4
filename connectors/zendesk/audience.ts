import type { z } from 'zod';
import type { Audience, AudienceSource, Contacts } from '../../src/connector.ts';
import { invalidField, NotFound } from '../../src/model/errors.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import type { Lane } from '../../src/platform/rate-limiter.ts';
import { changedUsers, foundUsers, requesters, type UserIds } from './audience-schema.ts';
import type { ZendeskClient } from './client.ts';

const sources = ['view', 'search', 'changed', 'date'] as const;

/** As many as one look at contacts takes. */
const pageSize = '100';

/** Incremental exports refuse to begin in the last minute; the second one is for clocks that do not agree. */
const lag = 2 * minuteMs;

/** Where a source begins, and how its pages are read. */
type Reading = { lane: Lane; path: string; query: Readonly<Record<string, string>>; answer: z.ZodType<UserIds> };

/** Contacts to ask without a ticket at hand: the requesters of a view, or those whom a search or an export finds. */
export function createAudience(
  client: ZendeskClient,
  { contacts, clock }: { contacts: Contacts; clock: () => Date },
): Audience {
  function readingOf(source: AudienceSource): Reading {
    switch (source.kind) {
      case 'view':
        return tickets(source.id);
      case 'search':
        return search(source.query);
      case 'date':
        return search(within(source));
      case 'changed':
        return changed(Math.min(source.since.getTime(), clock().getTime() - lag));
      default:
        throw invalidField('kind', { code: 'field.not_one_of', params: { values: sources } });
    }
  }

  return {
    sources,

    async page(source, cursor) {
      const reading = readingOf(source);
      const page = await client.find({
        ...reading,
        query: cursor === undefined ? reading.query : Object.fromEntries(new URLSearchParams(cursor)),
        method: 'GET',
        concerns: 'request',
      });
      if (!page) throw new NotFound('source');
      const { items: ids, next } = page;
      return {
        contacts: ids.length > 0 ? await contacts.find({ ids }) : [],
        ...(next ? { cursor: new URLSearchParams(next).toString() } : {}),
      };
    },
  };
}

/** https://developer.zendesk.com/api-reference/ticketing/business-rules/views/#list-tickets-from-a-view */
function tickets(id: string): Reading {
  if (!/^\d+$/u.test(id)) throw invalidField('id', { code: 'field.system_number', params: { system: 'Zendesk' } });
  return { lane: 'read', path: `/views/${id}/tickets`, query: { 'page[size]': pageSize }, answer: requesters };
}

/**
 * The export has no end at a thousand results, unlike the search itself; its cursor lives for an hour:
 * https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/#export-search-results
 */
function search(query: string): Reading {
  return {
    lane: 'read',
    path: '/search/export',
    query: { query, 'filter[type]': 'user', 'page[size]': pageSize },
    answer: foundUsers,
  };
}

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/ */
function changed(since: number): Reading {
  return {
    lane: 'search',
    path: '/incremental/users/cursor',
    query: { start_time: String(Math.floor(since / 1000)), per_page: pageSize },
    answer: changedUsers,
  };
}

/** Both days count. */
function within({ property, from, until }: Extract<AudienceSource, { kind: 'date' }>): string {
  if (!/^\w+$/u.test(property)) throw invalidField('property', { code: 'field.internal_name', params: {} });
  const [first, last] = [dayOf(from), dayOf(until)];
  if (last < first) throw invalidField('until', { code: 'field.end_before_start', params: {} });
  return `${property}>=${first} ${property}<=${last}`;
}

function dayOf(timestamp: Date): string {
  return timestamp.toISOString().slice(0, 10);
}
