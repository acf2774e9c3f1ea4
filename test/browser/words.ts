import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { english } from '../../src/console/words/english.ts';

type Words = { readonly [key: string]: string | Words };
type Catalog = typeof english;

/** A file of the console's catalog, as the code names it. */
export type Namespace = keyof Catalog;

/** Where a word stands in its file, e.g. `columns.verdict`. */
type KeyIn<Of, Before extends string = ''> = {
  [Name in keyof Of & string]: Of[Name] extends string ? `${Before}${Name}` : KeyIn<Of[Name], `${Before}${Name}.`>;
}[keyof Of & string];

export type Key<Of extends Namespace> = KeyIn<Catalog[Of]>;

/** The languages of the console beside English, which have the same files. */
export type Language = 'en' | 'de' | 'fr' | 'es' | 'nb';

/**
 * What the console says, from its own catalog, for tests to find it by: they go on finding it when it is said otherwise.
 *
 * @param values of its placeholders; for a count the key is the one of the form, such as `many_other`
 */
export function word<Of extends Namespace>(
  namespace: Of,
  key: Key<Of>,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(find(english[namespace], key), values);
}

/** The same in another language. */
export function wordIn<Of extends Namespace>(language: Language, namespace: Of, key: Key<Of>): string {
  const file = `${namespace.replace(/[A-Z]/gu, (capital) => `-${capital.toLowerCase()}`)}.json`;
  const path = join(import.meta.dirname, '..', '..', 'src', 'console', 'words', language, file);
  return find(JSON.parse(readFileSync(path, 'utf8')) as Words, key);
}

function find(words: Words, key: string): string {
  const found = key
    .split('.')
    .reduce<string | Words | undefined>((of, name) => (of as Words | undefined)?.[name], words);
  if (typeof found !== 'string') throw new Error(`the catalog has no ${key}`);
  return found;
}

/** Markup in a word is none of what a person reads. */
function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template
    .replace(/<\/?\w+>/gu, '')
    .replace(/\{\{(\w+)\}\}/gu, (whole, name: string) => String(values[name] ?? whole));
}
