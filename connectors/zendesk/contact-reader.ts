import type { AccountField } from '../../src/model/account-fields.ts';
import type { ContactSnapshot } from '../../src/model/contact.ts';
import { doNotSurveyKey } from '../../src/model/crm-field-definitions.ts';
import { flag, given } from './shapes.ts';
import type { ZendeskUser } from './user-schema.ts';

/**
 * How a user is shown to the rest of the service.
 *
 * @param properties keys of user fields to tell as well
 */
export type ContactReader = (user: ZendeskUser, properties?: readonly string[]) => ContactSnapshot;

/** @param key what joins a contact's records: `external_id` or the key of a user field; nothing where none was named */
export function createContactReader(fields: readonly AccountField[], key: string | undefined): ContactReader {
  const doNotSurvey = fields.find((field) => field.key === doNotSurveyKey)?.name;
  return (user, properties = []) => ({
    ...user.contact,
    ...given('doNotSurvey', doNotSurvey === undefined ? undefined : flag.safeParse(user.fields[doNotSurvey]).data),
    ...given(
      'contactKey',
      key === undefined ? undefined : asText(key === 'external_id' ? user.externalId : user.fields[key]),
    ),
    ...(properties.length > 0 ? { properties: chosen(user.fields, properties) } : {}),
  });
}

function chosen(fields: ZendeskUser['fields'], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = asText(fields[name]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function asText(value: unknown): string | undefined {
  const told =
    typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.trim() !== '');
  return told ? String(value).trim() : undefined;
}
