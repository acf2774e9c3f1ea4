import { z } from 'zod';
import type { PropertyDefinition } from './property-definitions.ts';
import type { CrmRecord } from './records.ts';
import { invalid } from './refusals.ts';

const FilterValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const Filter = z.strictObject({
  propertyName: z.string(),
  operator: z.enum([
    'EQ',
    'NEQ',
    'LT',
    'LTE',
    'GT',
    'GTE',
    'BETWEEN',
    'IN',
    'NOT_IN',
    'HAS_PROPERTY',
    'NOT_HAS_PROPERTY',
    'CONTAINS_TOKEN',
    'NOT_CONTAINS_TOKEN',
  ]),
  value: FilterValue.optional(),
  highValue: FilterValue.optional(),
  values: z.array(FilterValue).optional(),
});
export type Filter = z.infer<typeof Filter>;

/** Refuses what this operator cannot work with. */
export function verifyFilter(filter: Filter, defined: ReadonlyMap<string, PropertyDefinition>): void {
  const { propertyName, operator, value, highValue, values } = filter;
  const definition = defined.get(propertyName);
  if (!definition) throw invalid(`There is no property called ${propertyName} to filter by.`);
  const expected = {
    value: !['IN', 'NOT_IN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY'].includes(operator),
    highValue: operator === 'BETWEEN',
    values: operator === 'IN' || operator === 'NOT_IN',
  };
  const fits =
    expected.value === (value !== undefined) &&
    expected.highValue === (highValue !== undefined) &&
    expected.values === (values !== undefined && values.length > 0);
  if (!fits) throw invalid(`The filter by ${propertyName} does not carry what ${operator} needs.`);
  for (const operand of [value, highValue, ...(values ?? [])]) {
    if (operand !== undefined && isOrdered(definition) && Number.isNaN(rank(operand, definition))) {
      throw invalid(`The filter by ${propertyName} compares with what is no ${definition.type}.`);
    }
  }
}

export function matches(record: CrmRecord, filter: Filter, defined: ReadonlyMap<string, PropertyDefinition>): boolean {
  const { propertyName, operator, value = '', highValue = '', values = [] } = filter;
  const definition = defined.get(propertyName);
  const stored = record.properties.get(propertyName) ?? '';
  if (!definition) return false;
  if (operator === 'NOT_HAS_PROPERTY') return stored === '';
  // A record without a value answers to no comparison but the negative ones.
  if (stored === '') return operator.startsWith('N');
  const order = (other: string) => compare(stored, other, definition);
  const equals = (other: string) => parts(stored, definition).some((part) => compare(part, other, definition) === 0);
  switch (operator) {
    case 'HAS_PROPERTY':
      return true;
    case 'EQ':
      return equals(value);
    case 'NEQ':
      return !equals(value);
    case 'LT':
      return order(value) < 0;
    case 'LTE':
      return order(value) <= 0;
    case 'GT':
      return order(value) > 0;
    case 'GTE':
      return order(value) >= 0;
    case 'BETWEEN':
      return order(value) >= 0 && order(highValue) <= 0;
    case 'IN':
      return values.some(equals);
    case 'NOT_IN':
      return !values.some(equals);
    case 'CONTAINS_TOKEN':
      return tokens(stored).includes(value.toLowerCase());
    case 'NOT_CONTAINS_TOKEN':
      return !tokens(stored).includes(value.toLowerCase());
  }
}

/** Negative, zero or positive, as for sorting: moments and numbers by size, the rest by letters whatever their case. */
export function compare(a: string, b: string, definition: PropertyDefinition): number {
  if (isOrdered(definition)) return rank(a, definition) - rank(b, definition);
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left === right ? 0 : left < right ? -1 : 1;
}

function isOrdered({ type }: PropertyDefinition): boolean {
  return type === 'number' || type === 'datetime' || type === 'date';
}

function rank(value: string, { type }: PropertyDefinition): number {
  return type === 'number' || /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);
}

function parts(stored: string, { fieldType }: PropertyDefinition): readonly string[] {
  return fieldType === 'checkbox' ? stored.split(';') : [stored];
}

function tokens(stored: string): readonly string[] {
  return stored.toLowerCase().split(/[^\p{L}\p{N}]+/u);
}
