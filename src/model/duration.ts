import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { fieldIssue } from './field-problems.ts';

/**
 * A length of time as ISO 8601 writes it: `PT24H`, `P90D`, `PT5S`. A day is 24 hours. Months and years have no fixed
 * length and are refused.
 */
export const duration = z.string().superRefine((text, context) => {
  if (readDuration(text) === undefined) {
    context.addIssue({ code: 'custom', ...fieldIssue('field.duration') });
  }
});

/** @returns its parts as they were written; nothing when it is no duration of fixed length, or negative */
export function durationParts(text: string): Temporal.Duration | undefined {
  try {
    const parts = Temporal.Duration.from(text);
    return parts.years !== 0 || parts.months !== 0 || parts.sign < 0 ? undefined : parts;
  } catch {
    return undefined;
  }
}

/** @returns milliseconds; nothing when it is no duration of fixed length, or negative */
export function readDuration(text: string): number | undefined {
  const parts = durationParts(text);
  if (!parts) return undefined;
  const { weeks, days, hours, minutes, seconds, milliseconds } = parts;
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
}

/** @returns milliseconds of a duration that was validated before */
export function milliseconds(text: string): number {
  const read = readDuration(text);
  if (read === undefined) throw new RangeError(`not a duration: ${text}`);
  return read;
}

/** A duration of at least this and at most that, both as ISO 8601. */
export function durationBetween(least: string, most: string) {
  return duration.refine(
    (text) => {
      const read = readDuration(text);
      return read === undefined || (read >= milliseconds(least) && read <= milliseconds(most));
    },
    fieldIssue('field.duration_range', { min: least, max: most }),
  );
}

/** A number of milliseconds as ISO 8601 writes it, in days of 24 hours: `P1DT12H`. */
export function isoDuration(length: number): string {
  return Temporal.Duration.from({ milliseconds: length }).round({ largestUnit: 'days' }).toString();
}
