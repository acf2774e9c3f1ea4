import type { Audience, AudienceSource, Contacts } from '../../src/connector.ts';
import type { ContactSnapshot } from '../../src/model/contact.ts';
import { invalidField, NotFound, UpstreamRefused } from '../../src/model/errors.ts';
import { dayMs } from '../../src/model/time-units.ts';
import { list, membership } from './account-schema.ts';
import { type Answer, type HubspotClient, paths } from './client.ts';
import { type ContactReading, page } from './schema.ts';

const sources = ['list', 'changed', 'date'] as const;

/** As many as one look at contacts takes. */
const pageSize = 100;

type Filter = { propertyName: string; operator: string; value: string; highValue?: string };

/** Contacts to ask without a ticket: the members of a list, or those whom HubSpot's search finds by a time. */
export function createAudience(
  client: HubspotClient,
  { contacts, reading }: { contacts: Contacts; reading: ContactReading },
): Audience {
  /** https://developers.hubspot.com/docs/api-reference/latest/crm/lists/memberships/get-memberships-by-id */
  async function pageOfList(id: string, cursor: string | undefined) {
    if (!/^\d+$/u.test(id)) throw invalidField('id', { code: 'field.system_number', params: { system: 'HubSpot' } });
    const path = `${paths.lists}/${id}`;
    if (cursor === undefined) await verifyListOfContacts(path);
    const answer = await client.ask({
      lane: 'search',
      method: 'GET',
      path: `${path}/memberships`,
      query: { limit: String(pageSize), ...(cursor === undefined ? {} : { after: cursor }) },
      reads: page(membership),
      tolerates: [400, 403, 404],
    });
    const { items, after } = opened(answer);
    const ids = items.map(({ recordId }) => recordId);
    return { contacts: ids.length > 0 ? await contacts.find({ ids }) : [], after };
  }

  /** The members of a list of companies have ids too, which may be those of some contacts. */
  async function verifyListOfContacts(path: string): Promise<void> {
    const answer = await client.ask({ lane: 'search', method: 'GET', path, reads: list, tolerates: [400, 403, 404] });
    if (!opened(answer).ofContacts) throw invalidField('id', { code: 'field.not_of_contacts', params: {} });
  }

  /**
   * Each page is a new search behind the last id, rather than at an offset: that passes the limit of 10,000 results, and
   * nobody slips through or comes twice who changes meanwhile.
   */
  async function pageOfSearch(filters: readonly Filter[], cursor: string | undefined) {
    const afterCursor = { propertyName: 'hs_object_id', operator: 'GT', value: cursor ?? '' };
    const { value } = await client.ask({
      lane: 'search',
      method: 'POST',
      path: `${paths.contacts}/search`,
      body: {
        filterGroups: [{ filters: cursor === undefined ? filters : [...filters, afterCursor] }],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        properties: reading.properties,
        limit: pageSize,
        after: '0',
      },
      reads: page(reading.reads),
    });
    const found: readonly ContactSnapshot[] = value?.items ?? [];
    return { contacts: found, after: value?.after === undefined ? undefined : found.at(-1)?.id };
  }

  function turn(source: AudienceSource, cursor: string | undefined) {
    switch (source.kind) {
      case 'list':
        return pageOfList(source.id, cursor);
      case 'changed':
        return pageOfSearch([since('lastmodifieddate', source.since.getTime())], cursor);
      case 'date':
        return pageOfSearch([within(source.property, source.from, source.until)], cursor);
      default:
        throw invalidField('kind', { code: 'field.not_one_of', params: { values: sources } });
    }
  }

  return {
    sources,
    async page(source, cursor) {
      const { contacts: found, after } = await turn(source, cursor);
      return { contacts: found, ...(after === undefined ? {} : { cursor: after }) };
    },
  };
}

function since(propertyName: string, instant: number): Filter {
  return { propertyName, operator: 'GTE', value: String(instant) };
}

/** HubSpot keeps a date as its midnight in UTC. Both days count. */
function within(propertyName: string, from: Date, until: Date): Filter {
  if (!/^[a-z][a-z0-9_]*$/u.test(propertyName))
    throw invalidField('property', { code: 'field.internal_name', params: {} });
  const first = Math.floor(from.getTime() / dayMs) * dayMs;
  const last = Math.floor(until.getTime() / dayMs) * dayMs + dayMs - 1;
  if (!(first <= last)) throw invalidField('until', { code: 'field.end_before_start', params: {} });
  return { propertyName, operator: 'BETWEEN', value: String(first), highValue: String(last) };
}

/** A list that is not there or may not be read is nothing to stop the connection for. */
function opened<T>({ status, value, failure }: Answer<T>): T {
  if (!failure) return value;
  if (status === 404) throw new NotFound('source', { cause: failure });
  if (!(failure instanceof UpstreamRefused)) throw failure;
  throw new UpstreamRefused(failure.why, { concerns: 'request', cause: failure });
}
