import type { RecordValues } from '../../model/crm-field-definitions.ts';

/**
 * From this length on, a text that stops early was cut by its system: the shortest text fields take 255 characters,
 * less what a cut leaves of an emoji and the spaces before it.
 */
const cutFrom = 240;

/**
 * Whether what should stand on a record stands there, as far as the system can keep it. These count as the same, because
 * writing again would change nothing: a moment and its day in its own offset, in the form of midnight UTC; an empty flag
 * and one that is not set; a text with other line ends, in another Unicode form, without its outer spaces or those at the
 * ends of its lines, or cut to the length that the system allows.
 */
export function isAlreadyWritten(intended: RecordValues, standing: RecordValues | undefined): boolean {
  return standing !== undefined && Object.entries(intended).every(([key, value]) => same(value, standing[key] ?? null));
}

function same(intended: RecordValues[string], standing: RecordValues[string]): boolean {
  if (intended === standing) return true;
  const isEmpty = standing === null || standing === false || standing === '';
  if (intended === false || intended === null) return isEmpty;
  // Of a text that is nothing but spaces nothing may be left.
  if (typeof intended !== 'string' || (typeof standing !== 'string' && standing !== null)) return false;
  const shown = standing ?? '';
  if (isTimestamp(intended) && isTimestamp(shown)) {
    return Date.parse(intended) === Date.parse(shown) || (isDay(shown) && intended.slice(0, 10) === shown.slice(0, 10));
  }
  const [full, stored] = [comparable(intended), comparable(shown)];
  return full === stored || (stored.length >= cutFrom && full.startsWith(stored.replace(/\uFFFD$/u, '')));
}

/** Decomposed, so that a text that was cut between an email and its accent still begins the whole one. */
function comparable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '')
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(/[^\S\n]+$/gmu, '')
    .normalize('NFD')
    .trim();
}

function isTimestamp(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/u.test(text);
}

function isDay(text: string): boolean {
  return text.endsWith('T00:00:00.000Z');
}
