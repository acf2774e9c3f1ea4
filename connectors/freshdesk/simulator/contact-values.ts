import type { Account, ContactField, Values } from './account.ts';
import { type Attributes, isObject } from './reading.ts';
import { type FieldError, invalid, unknownField, wrongType } from './refusals.ts';

/** In characters. Not in Freshdesk's documents; a database's usual line, and its usual text. */
const longest: Readonly<Record<string, number>> = { custom_text: 255, custom_paragraph: 65_535 };

/** What is to be written, every value checked against its field; all of it is refused for one that does not fit. */
export function readValues(account: Account, given: unknown): Values {
  if (!isObject(given)) throw invalid([wrongType('custom_fields', 'key/value pair', typeof given)]);
  const errors: FieldError[] = [];
  for (const [name, value] of Object.entries(given)) {
    const field = account.fields.find((candidate) => candidate.name === name);
    const error = field ? findError(field, value) : unknownField(name);
    if (error) errors.push(error);
  }
  if (errors.length > 0) throw invalid(errors);
  return new Map(Object.entries(given as Attributes & Record<string, string | number | boolean | null>));
}

/** Every custom field of the account; blank ones are null, an unticked box is false. */
export function showValues(account: Account, values: Values): Record<string, unknown> {
  return Object.fromEntries(
    account.fields.map(({ name, type }) => [name, values.get(name) ?? (type === 'custom_checkbox' ? false : null)]),
  );
}

function findError({ name, type, choices }: ContactField, value: unknown): FieldError | undefined {
  const given = value === null ? 'Null' : typeof value;
  if (type === 'custom_checkbox') {
    return typeof value === 'boolean' ? undefined : wrongType(name, 'Boolean', given);
  }
  if (value === null) return undefined;
  if (type === 'custom_number') return Number.isSafeInteger(value) ? undefined : wrongType(name, 'Integer', given);
  if (typeof value !== 'string') return wrongType(name, type === 'custom_date' ? 'Date' : 'String', given);
  if (type === 'custom_date') {
    if (/^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value))) return undefined;
    return { field: name, message: "Value should be in the format 'yyyy-mm-dd'", code: 'invalid_value' };
  }
  if (type === 'custom_dropdown' && !choices.some((choice) => choice.value === value)) {
    const values = choices.map((choice) => choice.value).join(',');
    return { field: name, message: `It should be one of these values: '${values}'`, code: 'invalid_value' };
  }
  const most = longest[type] ?? Number.POSITIVE_INFINITY;
  if (value.length <= most) return undefined;
  const message = `Has ${value.length} characters, it can have maximum of ${most} characters`;
  return { field: name, message, code: 'invalid_value' };
}
