import type { AccountField } from '../../src/model/account-fields.ts';
import { fieldGroup, fieldMark, type RecordField } from '../../src/model/crm-field-definitions.ts';
import type { ConnectorMessage } from '../../src/model/messages/failure-message.ts';
import type { Property } from './account-schema.ts';
import { say } from './messages.ts';
import { findObstacle } from './property-obstacles.ts';

type Option = { label: string; value: string; displayOrder: number; hidden: boolean };

/** How HubSpot keeps a field of ours. */
const kinds: Readonly<Record<RecordField['type'], { type: string; fieldType: string }>> = {
  number: { type: 'number', fieldType: 'number' },
  text: { type: 'string', fieldType: 'text' },
  long_text: { type: 'string', fieldType: 'textarea' },
  timestamp: { type: 'datetime', fieldType: 'date' },
  flag: { type: 'bool', fieldType: 'booleancheckbox' },
  choice: { type: 'enumeration', fieldType: 'select' },
};

/** The contact property that this field of ours is, as HubSpot takes it for a new one. */
export function toProperty(field: AccountField) {
  const options = optionsOf(field);
  return {
    groupName: fieldGroup.key,
    name: field.name,
    label: field.label,
    description: `${field.description} ${fieldMark}`,
    ...kinds[field.type],
    formField: false,
    hasUniqueValue: false,
    ...(options.length > 0 ? { options } : {}),
  };
}

/** How a property that is already there stands to the field it should be. */
export type Fit = { fits: true } | { fits: false; why: ConnectorMessage } | { lacks: readonly Option[] };

/**
 * Its label, its group and its description are the admin's to change. A flag made by hand in HubSpot is an enumeration
 * behind a single checkbox, which takes the same values.
 */
export function compare(field: AccountField, existing: Property): Fit {
  const { type } = kinds[field.type];
  const checkbox = existing.type === 'enumeration' && existing.fieldType === 'booleancheckbox';
  if (existing.type !== type && !(field.type === 'flag' && checkbox)) {
    const found = existing.type !== undefined && /^[a-z_]+$/u.test(existing.type) ? existing.type : 'unknown';
    const params = { name: field.name, is: found, expected: type };
    return { fits: false, why: say({ code: 'hubspot.property_wrong_type', params }) };
  }
  const obstacle = findObstacle(field, existing);
  if (obstacle) return { fits: false, why: obstacle };
  if (field.type !== 'choice') return { fits: true };
  const values = new Set(existing.options.map(({ value }) => value));
  const lacks = optionsOf(field).filter(({ value }) => !values.has(value));
  return lacks.length > 0 ? { lacks } : { fits: true };
}

/** A list of options replaces the one before: every option that stands stays as it is, and ours follow. */
export function mergeOptions(existing: Property, lacks: readonly Option[]): readonly object[] {
  const next = Math.max(-1, ...existing.options.map(({ displayOrder }) => displayOrder ?? -1)) + 1;
  return [...existing.options, ...lacks.map((option, index) => ({ ...option, displayOrder: next + index }))];
}

function optionsOf(field: RecordField): readonly Option[] {
  const choices =
    field.type === 'choice'
      ? field.options
      : field.type === 'flag'
        ? [
            { label: 'Yes', value: 'true' },
            { label: 'No', value: 'false' },
          ]
        : [];
  return choices.map(({ label, value }, displayOrder) => ({ label, value, displayOrder, hidden: false }));
}
