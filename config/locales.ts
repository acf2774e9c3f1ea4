import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTexts, type Texts } from '../src/model/locale.ts';

/** Everything that is said, by the tag of the language: one file each in `locales`. */
export function readLocales(): ReadonlyMap<string, Texts> {
  const folder = join(import.meta.dirname, 'locales');
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.map((file) => {
      const texts = readTexts(JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return [texts.language.tag, texts];
    }),
  );
}
