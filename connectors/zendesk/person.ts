import type { ContactSnapshot } from '../../src/domain/contact.ts';
import type { ZendeskUser } from './user-schema.ts';

/** How a user is shown to the rest of the service. */
export type PersonReader = (user: ZendeskUser) => ContactSnapshot;

/** @param key what joins a person's records: `external_id` or the key of a user field; nothing where none was named */
export function createPersonReader(key: string | undefined): PersonReader {
  if (key === undefined) return ({ contact }) => contact;
  return ({ contact, externalId, fields }) => {
    const value = key === 'external_id' ? externalId : fields[key];
    const named = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
    return named ? { ...contact, personKey: String(value).trim() } : contact;
  };
}
