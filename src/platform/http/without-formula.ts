/** Where a reader may begin a new cell or line, whatever it takes for the separator: German Excel takes `;`. */
const breaks = '\\t\\r\\n\\v\\f\\u0085\\u2028\\u2029';
const afterBreak = new RegExp(`[${breaks}]`, 'gu');
const separator = new RegExp(`[,;${breaks}]$`, 'u');

/**
 * What may stand before a sign and is not seen, or trimmed; the quote signs, which a reader that splits at other
 * places removes; and our own mark, so that what was marked can be told from what was typed.
 */
const skipped = `[\\s\\p{C}\\p{Default_Ignorable_Code_Point}\\u2800"']`;

/** What begins a formula, also as Asian keyboards and typesetters make it. */
const sign = '[=+\\-@|\\uFF1D\\uFF0B\\uFF0D\\uFF20\\uFF5C\\uFE66\\uFE62\\uFE63\\uFE6B\\u2212]';

/** Each run is taken whole, so that a long one costs no more than its length. */
const runs = new RegExp(`${skipped}+${sign}?|${sign}`, 'gu');
const endsInSign = new RegExp(`${sign}$`, 'u');

/**
 * Puts a `'` wherever a spreadsheet could begin a cell with a formula: at the beginning of the text, and after whatever
 * some spreadsheet splits at. Each place is marked also where a `'` stands already, so exactly one is to be removed.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function withoutFormula(text: string): string {
  return text.replace(runs, (run, offset: number) => {
    if (!endsInSign.test(run)) return run;
    const begins = offset === 0 || separator.test(text.charAt(offset - 1));
    return `${begins ? "'" : ''}${run.replace(afterBreak, "$&'")}`;
  });
}
