import { withOffset } from '../period.ts';
import type { Cell, ExportColumn } from './columns.ts';
import { withoutFormula } from './without-formula.ts';

/** @param timeZone in which instants are written: a day is the same day as in lists and reports */
type Table = { name: string; columns: readonly ExportColumn[]; timeZone: string };
type Pages = AsyncIterable<readonly object[]>;

/** A kind of file that a list can be had as, written while its rows are read. Its writer is loaded when it is first used. */
type Format = {
  ending: string;
  type: string;
  title: string;
  write(pages: Pages, table: Table): AsyncIterable<Uint8Array>;
};

export const formats: readonly Format[] = [
  {
    ending: 'csv',
    type: 'text/csv; charset=utf-8',
    title: 'a CSV file',
    async *write(pages, { columns, timeZone }) {
      const { writeCsvStream } = await import('hucre/csv');
      yield* writeCsvStream(
        rowsOf(pages, { columns, timeZone }, (cell) =>
          cell instanceof Date ? withOffset(cell, timeZone) : typeof cell === 'string' ? withoutFormula(cell) : cell,
        ),
        {
          headers: columns.map((column) => headingIn(column, timeZone)),
          // Without it Excel takes the file for one of the machine's own old encoding.
          bom: true,
        },
      );
    },
  },
  {
    ending: 'xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    title: 'an Excel file',
    async *write(pages, { name, columns, timeZone }) {
      const { writeXlsxStream } = await import('hucre/xlsx');
      yield* writeXlsxStream(
        rowsOf(pages, { columns, timeZone }, (cell) =>
          cell instanceof Date ? onTheClock(cell, timeZone) : fitting(cell),
        ),
        {
          name,
          columns: columns.map((column) => ({
            header: headingIn(column, timeZone),
            width: column.isTimestamp ? 20 : Math.max(12, Math.min(30, column.heading.length + 2)),
            ...(column.isTimestamp ? { numFmt: 'yyyy-mm-dd hh:mm:ss' } : {}),
          })),
          freezePane: { rows: 1 },
        },
      );
    },
  },
];

/** "Answered at (America/Los_Angeles)". */
function headingIn({ heading, isTimestamp }: ExportColumn, timeZone: string): string {
  return isTimestamp ? `${heading} (${timeZone})` : heading;
}

/** A spreadsheet knows no time zones: what it is given is what the clock there shows. */
function onTheClock(instant: Date, timeZone: string): Date {
  return new Date(`${withOffset(instant, timeZone).slice(0, 23)}Z`);
}

async function* rowsOf(
  pages: Pages,
  { columns, timeZone }: Pick<Table, 'columns' | 'timeZone'>,
  written: (cell: Cell) => Cell,
): AsyncGenerator<Cell[]> {
  for await (const page of pages) {
    for (const row of page)
      yield columns.map(({ of }) => written(of(row as Readonly<Record<string, unknown>>, timeZone)));
  }
}

/** Excel refuses a file with a longer text in it, or with control characters. */
const longestText = 32_767;

function fitting(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold.
  return cell.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '').slice(0, longestText);
}
