import type { RecordValues } from '../../domain/record-fields.ts';

/**
 * Whether what should stand on a record stands there, in as far as the system can keep it: a moment may come back as
 * the day that it is in its own offset, in the form of midnight UTC, a text without its outer spaces or cut to the length that the system allows.
 */
export function standsAlready(wanted: RecordValues, standing: RecordValues | undefined): boolean {
  return standing !== undefined && Object.entries(wanted).every(([key, value]) => same(value, standing[key] ?? null));
}

function same(wanted: RecordValues[string], standing: RecordValues[string]): boolean {
  if (wanted === standing) return true;
  // An unticked box and one that was never touched look alike.
  if (wanted === false || wanted === null) return standing === null || standing === false || standing === '';
  if (typeof wanted !== 'string' || typeof standing !== 'string') return false;
  if (isMoment(wanted) && isMoment(standing)) {
    return (
      Date.parse(wanted) === Date.parse(standing) || (isDay(standing) && wanted.slice(0, 10) === standing.slice(0, 10))
    );
  }
  return wanted.trim() === standing.trim() || (standing.length >= 1000 && wanted.startsWith(standing));
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/u.test(text);
}

function isDay(text: string): boolean {
  return text.endsWith('T00:00:00.000Z');
}
