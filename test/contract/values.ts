import {
  doNotSurveyKey,
  type RecordField,
  type RecordValues,
  recordFields,
} from '../../src/model/crm-field-definitions.ts';
import { personal } from './tools.ts';

/** The fields that we write. */
const written = recordFields.filter(({ key }) => key !== doNotSurveyKey);

const valuesBy = (value: (field: RecordField) => RecordValues[string]): RecordValues =>
  Object.fromEntries(written.map((field) => [field.key, value(field)]));

/** Complete sets of values, chosen for what gets lost on the way: zero, false, line breaks, quotes, other scripts. */
export const answered = {
  best: valuesBy((field) => {
    if (field.type === 'number') return 10;
    if (field.type === 'flag') return true;
    if (field.type === 'timestamp') return '2026-11-21T23:59:58.123-08:00';
    if (field.type === 'choice') return field.options[0]?.value ?? null;
    return field.type === 'long_text' ? `${personal.comment}\n“Größe” & <b>10/10</b> "🙂" 評価` : '4711';
  }),
  worst: valuesBy((field) => {
    if (field.type === 'number') return 0;
    if (field.type === 'flag') return false;
    if (field.type === 'timestamp') return '2024-02-29T00:00:00.000+14:00';
    if (field.type === 'choice') return field.options.at(-1)?.value ?? null;
    return 'null';
  }),
  /** Everything is taken back. */
  nothing: valuesBy(() => null),
} as const;

/**
 * Which fields do not stand on the record as they were written. A vendor that keeps days instead of moments gives back
 * midnight UTC of the day that the value's own offset makes it; a cleared flag may read as false.
 */
export function changedOnTheWay(wrote: RecordValues, read: RecordValues | undefined): string[] {
  const survives = ({ key, type }: RecordField) => {
    const before = wrote[key] ?? null;
    const after = read?.[key] ?? null;
    if (before === after) return true;
    if (type === 'flag') return before === null && after === false;
    if (type !== 'timestamp' || typeof before !== 'string' || typeof after !== 'string') return false;
    return Date.parse(after) === Date.parse(before) || after === `${before.slice(0, 10)}T00:00:00.000Z`;
  };
  return written
    .filter((field) => !survives(field))
    .map(({ key }) => `${key}: ${JSON.stringify(wrote[key])} came back as ${JSON.stringify(read?.[key])}`);
}
