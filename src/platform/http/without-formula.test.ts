import { array, assert, asyncProperty, constantFrom, oneof, property, string } from 'fast-check';
import { parseCsv } from 'hucre/csv';
import { describe, expect, test } from 'vitest';
import { formats } from './files.ts';
import { withoutFormula } from './without-formula.ts';

const signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
const separators = [',', ';', '\t', '\r', '\n'];
const unseen = [
  ...[' ', '\u00a0', '\u3000', '\u3164', '\u115f', '\u1160', '\u2800', '\u034f', '\ufe0f', '\u17b4', '\u17b5'],
  ...['\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff', '\u00ad', '\u{e0001}', '\u{1bca0}'],
];
/** As a reader sees it that splits at any of the separators and knows no quotes. */
const formula = /(?:^|[,;\t\r\n])[\s\p{Default_Ignorable_Code_Point}\u2800"]*[=+\-@＝＋－＠]/u;

const nasty = array(
  oneof(constantFrom(...signs, ...separators, ...unseen, '"', "'", 'a', '1'), string({ maxLength: 3 })),
  {
    maxLength: 12,
  },
).map((parts) => parts.join(''));

async function written(rows: readonly (readonly (string | number)[])[]): Promise<string> {
  const csv = formats.find(({ ending }) => ending === 'csv');
  const columns = (rows[0] ?? []).map((_, index) => ({
    heading: `Column ${index}`,
    of: (row: Readonly<Record<string, unknown>>) => row[index] as string | number,
  }));
  const pages = (async function* () {
    yield rows as readonly object[];
  })();
  const chunks: Uint8Array[] = [];
  for await (const chunk of csv?.write(pages, { name: 'x', columns, timeZone: 'UTC' }) ?? []) chunks.push(chunk);
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** As docs/api.md says how a file is read back. */
const readBack = (cell: string) =>
  cell.replace(
    /(?<=^|[,;\t\r\n\v\f\u0085\u2028\u2029])'(?=[\s\p{C}\p{Default_Ignorable_Code_Point}\u2800"']*[=+\-@|＝＋－＠｜﹦﹢﹣﹫−])/gu,
    '',
  );

describe('a CSV file', () => {
  test.each(signs.flatMap((sign) => separators.map((separator) => [sign, separator] as const)))(
    'begins nothing with %j behind %j, nor behind anything that nobody sees',
    async (sign, separator) => {
      for (const before of ['', ...unseen, '"', ' \u200b"\ufe0f']) {
        expect(await written([[`fine${separator}${before}${sign}1+1`]])).not.toMatch(formula);
        expect(await written([[`${before}${sign}1+1`]])).not.toMatch(formula);
      }
    },
  );

  test('begins a formula nowhere, whatever was typed', async () => {
    await assert(
      asyncProperty(array(nasty, { minLength: 2, maxLength: 2 }), async (cells) => {
        expect(await written([cells])).not.toMatch(formula);
      }),
      { numRuns: 1000 },
    );
  });

  test('leaves numbers as they are', async () => {
    expect((await written([[-5, 3.5, 0]])).split(/\r?\n/u)[1]).toBe('-5,3.5,0');
  });
});

test('what was typed is read back from a marked cell, also where it has such marks itself', () => {
  assert(
    property(nasty, (typed) => {
      expect(readBack(withoutFormula(typed))).toBe(typed);
    }),
    { numRuns: 3000 },
  );
});

test('every cell comes back through a parser of CSV', async () => {
  const typed = ["'=1", '=1', "''=1", 'a;\t"=1', 'fine, really', '\r\n\u200b@x', "it's"];
  const rows = parseCsv(await written([typed])) as string[][];
  expect(rows[1]?.map(readBack)).toEqual(typed);
});

test('plain text is left as it is', () => {
  for (const text of ['a-b', "it's fine", 'a; b', 'x = y', '1, 2', 'ann+x@example.com; bob@example.com'])
    expect(withoutFormula(text)).toBe(text);
});

test('a long run of separators costs no more than its length', () => {
  const from = performance.now();
  withoutFormula(`${'\t'.repeat(200_000)}x`);
  expect(performance.now() - from).toBeLessThan(2000);
});
