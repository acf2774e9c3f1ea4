import type { Finding } from '../../src/connector.ts';
import type { AccountField } from '../../src/model/account-fields.ts';
import type { RecordField } from '../../src/model/crm-field-definitions.ts';
import { aboutField, plainFinding } from '../../src/model/messages/finding.ts';
import type { FieldNames } from './field-names.ts';
import { say } from './messages.ts';
import type { ContactField } from './schema.ts';

const types: Readonly<Record<RecordField['type'], string>> = {
  number: 'custom_number',
  text: 'custom_text',
  long_text: 'custom_paragraph',
  timestamp: 'custom_date',
  flag: 'custom_checkbox',
  choice: 'custom_dropdown',
};

const abbreviations = new Set(['nps', 'csat', 'ces']);

/** Ours among an account's fields, by our key. Freshdesk's fields have no description that could carry our mark. */
export function ours(fields: readonly ContactField[], names: FieldNames): ReadonlyMap<string, ContactField> {
  return new Map(
    fields.flatMap((field): [string, ContactField][] => {
      const key = names.fieldOf(field.name)?.key;
      return key === undefined ? [] : [[key, field]];
    }),
  );
}

/**
 * What to create. Freshdesk makes a field's lasting name out of its first label, so the label is that name in words:
 * `NPS latest rating` becomes `nps_latest_rating`, whatever an admin calls it later. Customers do not see the field.
 */
export function toDefinition(field: AccountField, position: number) {
  const label = labelOf(field.name);
  return {
    label,
    label_for_customers: label,
    type: types[field.type],
    position,
    displayed_for_customers: false,
    customers_can_edit: false,
    ...(field.type === 'choice'
      ? { choices: field.options.map(({ value }, index) => ({ value, position: index + 1 })) }
      : {}),
  };
}

/** All choices that are there, as they are, with the missing ones behind them. */
export function completedChoices(field: RecordField, { choices = [] }: ContactField) {
  const added = missingChoices(field, choices);
  return [...choices, ...added.map((value, index) => ({ value, position: choices.length + index + 1 }))];
}

/** How our field stands. */
export function inspect(field: AccountField, standing: ContactField | undefined): Finding {
  const about = aboutField(field);
  const { name } = field;
  if (!standing) return { about, state: 'missing', code: 'field.missing', params: { name } };
  if (standing.type !== types[field.type]) {
    const params = { name, is: standing.type, expected: types[field.type] };
    return { about, state: 'blocked', ...say({ code: 'freshdesk.field_wrong_type', params }) };
  }
  const options = missingChoices(field, standing.choices);
  if (options.length === 0) return plainFinding(about, 'fine');
  return { about, state: 'missing', code: 'field.options_missing', params: { name, options } };
}

/** Whether the choices of one of our dropdowns were not told in the list. */
export function lacksChoices({ name, type, choices }: ContactField, names: FieldNames): boolean {
  const field = names.fieldOf(name);
  return field?.type === 'choice' && type === types.choice && choices === undefined;
}

function missingChoices(field: RecordField, choices: ContactField['choices'] = []): readonly string[] {
  if (field.type !== 'choice') return [];
  return field.options.map(({ value }) => value).filter((value) => !choices.some((choice) => choice.value === value));
}

function labelOf(name: string): string {
  const [first = '', ...rest] = name.split('_');
  const begun = abbreviations.has(first) ? first.toUpperCase() : first.charAt(0).toUpperCase() + first.slice(1);
  return [begun, ...rest].join(' ');
}
