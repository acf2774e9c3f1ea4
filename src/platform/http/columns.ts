import { z } from 'zod';
import { recordFields } from '../../model/crm-field-definitions.ts';
import { withOffset } from '../period.ts';

export type Cell = string | number | boolean | Date | null;

/** A column of a file, read from one row of a list. */
export type ExportColumn = {
  /** Of an instant without the time zone, which whoever writes the file adds. */
  heading: string;
  isTimestamp?: boolean;
  of(row: Readonly<Record<string, unknown>>, timeZone: string): Cell;
};

/** By the part of an item: the columns that show it. */
export type ShownColumns = Readonly<Record<string, readonly ExportColumn[]>>;

/** A column for each part of an item, in its order; what is neither text nor number nor moment is written as JSON. */
export function exportColumns(item: z.ZodObject, shown: ShownColumns): readonly ExportColumn[] {
  return Object.entries(item.shape).flatMap(([key, schema]): readonly ExportColumn[] => {
    if (shown[key]) return shown[key];
    const isTimestamp = isTimestampSchema(schema);
    return [{ heading: headingOf(key), isTimestamp, of: (row) => cellOf(row[key]) }];
  });
}

function isTimestampSchema(schema: unknown): boolean {
  const inner = schema instanceof z.ZodNullable ? schema.unwrap() : schema;
  return inner instanceof z.ZodISODateTime;
}

/** `answeredAt` is "Answered at". */
function headingOf(key: string): string {
  const words = key.replaceAll(/[A-Z]/gu, (email) => ` ${email.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join('; ');
  return JSON.stringify(value);
}

type RecordShown = { connector: string; record: string | null; state: string; outcome: { code: string } | null };

/** A contact's records in one column: "acme 4711 (written); globex (absent)". */
export const recordsShown: readonly ExportColumn[] = [
  {
    heading: 'Records',
    of: ({ records }) =>
      (records as readonly RecordShown[])
        .map(
          ({ connector, record, state, outcome }) =>
            `${[connector, record].filter((part) => part !== null).join(' ')} (${outcome?.code ?? state})`,
        )
        .join('; '),
  },
];

/** What stands on a contact's records, a column a field under the name that it has there. */
export const scoreShown: readonly ExportColumn[] = recordFields.map(({ key, label, type }) => {
  const isTimestamp = type === 'timestamp';
  return {
    heading: label,
    isTimestamp,
    of: ({ crmFields }) => {
      const value = cellOf((crmFields as Readonly<Record<string, unknown>> | null)?.[key]);
      return isTimestamp && typeof value === 'string' ? new Date(value) : value;
    },
  };
});

type Verdict = { verdict: string; message: string; at: string };

/** What a message says, in one column. */
export function messageShown(heading: string, key: string): readonly ExportColumn[] {
  return [{ heading, of: (row) => (row[key] as { message: string } | null)?.message ?? null }];
}

/** The notes of a decision, in one column. */
export const notesShown: readonly ExportColumn[] = [
  {
    heading: 'Notes',
    of: ({ notes }) => (notes as readonly { message: string }[]).map(({ message }) => message).join('\n'),
  },
];

/** The verdicts of a decision, the first one first, in one column. */
export const historyShown: readonly ExportColumn[] = [
  {
    heading: 'History',
    of: ({ history }, timeZone) =>
      (history as readonly Verdict[])
        .map(({ verdict, message, at }) => `${withOffset(new Date(at), timeZone)} ${verdict}: ${message}`)
        .join('\n'),
  },
];
