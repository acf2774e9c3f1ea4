import { durationParts } from '../../model/duration.ts';

/** What a catalog may write behind the name of a parameter: `{{ends, day}}`. */
export type Format = (value: unknown, language: string, options: Readonly<Record<string, unknown>>) => string;

/** A day of a moment, in the time zone of whoever reads it. */
export const day: Format = (value, language, { timeZone }) =>
  dateFormat(language, { dateStyle: 'long', timeZone: zoneOf(timeZone) }).format(new Date(String(value)));

/** A moment, with the time zone that it is told in. */
export const formatTimestamp: Format = (value, language, { timeZone }) => {
  const zone = zoneOf(timeZone);
  const said = dateFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  return `${said.format(new Date(String(value)))} (${zone})`;
};

/** A duration, ISO 8601, exact to the second. */
export const formatDuration: Format = (value, language) => {
  const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0 } = durationParts(String(value)) ?? {};
  const length = { weeks, days, hours, minutes, seconds };
  return durationFormat(language).format(length) || durationFormat(language, 'always').format({ seconds: 0 });
};

/** Values one after the other, in quotation marks: `“a”, “b” or “c”`. */
export const anyOf: Format = (value, language) =>
  listFormat(language, 'disjunction').format(listOf(value).map((one) => quoted(one, language)));

export const allOf: Format = (value, language) =>
  listFormat(language, 'conjunction').format(listOf(value).map((one) => quoted(one, language)));

/** How a language puts a value in quotation marks. */
const quotationMarks: Readonly<Record<string, readonly [string, string]>> = {
  de: ['„', '“'],
  fr: ['«\u202f', '\u202f»'],
  es: ['«', '»'],
  nb: ['«', '»'],
};

function quoted(value: string, language: string): string {
  const [open, close] = quotationMarks[language] ?? ['“', '”'];
  return `${open}${value}${close}`;
}

/** Settings by the labels that an admin sees, in quotation marks; a key of the environment as it is. */
export const setting: Format = (value, language) =>
  listFormat(language, 'conjunction').format(
    listOf(value).map((one) => (/^[A-Z][A-Z0-9_]*$/u.test(one) ? one : quoted(one, language))),
  );

/** Names one after the other, as they are: `a, b and c`. */
export const plainList: Format = (value, language) => listFormat(language, 'conjunction').format(listOf(value));

/** ` (550 5.7.1)`, and nothing at all where there is nothing to say. */
export const brackets: Format = (value) => (value === '' ? '' : ` (${String(value)})`);

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [String(value)]);

const zoneOf = (timeZone: unknown): string => (typeof timeZone === 'string' ? timeZone : 'UTC');

/** Making a format takes a hundred times as long as using one. */
function remembering<Made>(make: (language: string, options: object) => Made) {
  const made = new Map<string, Made>();
  return (language: string, options: object): Made => {
    const key = `${language} ${JSON.stringify(options)}`;
    const known = made.get(key) ?? make(language, options);
    // Time zones come from outside: what is remembered stays small.
    if (made.size > 500) made.clear();
    made.set(key, known);
    return known;
  };
}

const dateFormat = remembering((language, options) => new Intl.DateTimeFormat(language, options));
const listFormats = remembering((language, options) => new Intl.ListFormat(language, options));
const durationFormats = remembering((language, options) => new Intl.DurationFormat(language, options));

const listFormat = (language: string, type: 'conjunction' | 'disjunction') => listFormats(language, { type });

function durationFormat(language: string, secondsDisplay: 'auto' | 'always' = 'auto') {
  return durationFormats(language, { style: 'long', secondsDisplay });
}
