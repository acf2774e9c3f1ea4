import { type AccountField, namedValues } from '../../src/model/account-fields.ts';
import type { RecordField, RecordValues } from '../../src/model/crm-field-definitions.ts';

/** HubSpot's limit for a text property, in characters. */
const longestText = 65_536;

/** Our values as HubSpot takes them: under the account's names, strings throughout, and an empty one clears. */
export function writeValues(values: RecordValues, fields: readonly AccountField[]): Record<string, string> {
  return Object.fromEntries(
    namedValues(values, fields).map(([{ name, type }, value]) => [
      name,
      type === 'timestamp' && typeof value === 'string' ? new Date(value).toISOString() : writeValue(value),
    ]),
  );
}

function writeValue(value: RecordValues[string]): string {
  if (value === null || value === undefined) return '';
  // Half of a surrogate pair is no text that HubSpot's JSON can hold, and neither is NUL.
  const text = String(value).toWellFormed().replaceAll('\0', '');
  // Half of a surrogate pair at the end would be refused or garbled.
  return text.length > longestText ? text.slice(0, longestText).replace(/[\uD800-\uDBFF]$/u, '') : text;
}

/** What stands on a record, read back in our form: the key of every field, `null` where nothing stands. */
export function readValues(properties: ReadonlyMap<string, string>, fields: readonly AccountField[]): RecordValues {
  return Object.fromEntries(fields.map((field) => [field.key, readValue(field, properties.get(field.name))]));
}

/** A value that does not fit its field's type stays as it is: an admin may have made the field in another one. */
function readValue(field: RecordField, raw: string | undefined): RecordValues[string] {
  if (raw === undefined) return null;
  switch (field.type) {
    case 'number':
      return Number.isFinite(Number(raw)) ? Number(raw) : raw;
    case 'flag':
      return raw === 'true' || raw === 'false' ? raw === 'true' : raw;
    case 'timestamp':
      return readInstant(raw)?.toISOString() ?? raw;
    default:
      return raw;
  }
}

/** HubSpot gives instants as ISO 8601 or as milliseconds since 1970. */
export function readInstant(raw: string | undefined): Date | undefined {
  if (raw === undefined) return undefined;
  const instant = new Date(/^-?\d+$/u.test(raw) ? Number(raw) : raw);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
