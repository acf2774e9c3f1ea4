import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessageLanguage, messageLanguages } from '../../model/messages/languages.ts';
import type { Areas } from './areas.ts';

/** The sentences of a language by area and code. */
type Catalog = Readonly<Record<keyof Areas, Readonly<Record<string, string>>>>;

const folder = join(import.meta.dirname, 'catalog');
const files = readdirSync(join(folder, 'en'));

/** @throws where a language lacks an area that English has */
function readCatalog(language: MessageLanguage): Catalog {
  const areas = files.map((file) => [
    file.replace(/\.json$/u, ''),
    JSON.parse(readFileSync(join(folder, language, file), 'utf8')),
  ]);
  return Object.fromEntries(areas) as Catalog;
}

export const catalogs = Object.fromEntries(
  messageLanguages.map((language) => [language, readCatalog(language)]),
) as Readonly<Record<MessageLanguage, Catalog>>;
