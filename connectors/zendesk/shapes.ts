import { z } from 'zod';

// The ways in which Zendesk writes a value. It leaves fields out by plan and by role: absent and null are the same. A
// value of another type than documented counts as absent, so that one odd value never costs the row it stands in.

/** `read` gives nothing for a value of another type. */
function lenient<T>(read: (value: unknown) => T | undefined) {
  return z.unknown().transform(read).optional();
}

/** The longest text that is used as a key or stands in a database index. */
const longestKey = 255;

/** Numbers in the REST API, strings in events, ULIDs for webhooks. */
export const id = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^[\w-]{1,64}$/u));

export const text = lenient(readText);

/** Text that records are found or joined by; a longer one is none. */
export const key = lenient((value) => {
  const read = readText(value);
  return read === undefined || read.length > longestKey ? undefined : read;
});

export const flag = lenient((value) => {
  if (typeof value === 'boolean') return value;
  return value === 'true' || value === 'false' ? value === 'true' : undefined;
});

/** Times outside of these years are none that a database takes or a person meant. */
export const timestamp = lenient((value) => {
  const date = new Date(typeof value === 'string' ? value : Number.NaN);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? date : undefined;
});

export const count = lenient((value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined,
);

/** An id that may be missing. */
export const reference = id.nullish().catch(undefined);

/** An optional property: present when its value is. */
export function given<K extends string, V>(key: K, value: V | null | undefined): Partial<Record<K, V>> {
  return value === undefined || value === null ? {} : ({ [key]: value } as Record<K, V>);
}

function readText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
