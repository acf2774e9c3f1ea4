import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readTemplates } from '../../config/templates.ts';
import type { Texts } from '../../src/model/locale.ts';
import { surveyContentFrom, surveyDefinition } from '../../src/modules/surveys/survey.ts';
import { locales } from '../emails.ts';
import { company } from '../survey-views.ts';
import { goldenFolder } from './golden.ts';

/** One like the usual, one with long words, one from right to left. */
const languages = ['en', 'de', 'ar'].map((tag) => locales.get(tag) as Texts);

const branding = {
  logo: { url: 'https://acme.example/logo.png', alt: 'Acme', width: 120, height: 40 },
  color: '#2450c8',
  postalAddress: 'Acme Ltd\n1 Main Street\nLondon',
  privacyUrl: 'https://acme.example/privacy',
};

/** Every template in these languages, under a brand. */
export const templateCases = readTemplates().flatMap(({ key, survey }) =>
  languages.map((texts) => {
    const definition = { ...survey, branding };
    return {
      name: `${key}.${texts.language.tag}`,
      definition,
      survey: surveyContentFrom(surveyDefinition.parse({ key, company, ...definition })),
      texts,
      languages: languages.map(({ language }) => language),
    };
  }),
);

/** A golden file of a template that is gone would look as if it were held; one that is missing fails by itself. */
export function expectNoFileBesides(folder: string): void {
  const names = new Set(templateCases.map(({ name }) => join(folder, `${name}.txt`)));
  const found = readdirSync(goldenFolder, { recursive: true, encoding: 'utf8' });
  expect(found.filter((path) => path.startsWith(join(folder, '/')) && !names.has(path))).toEqual([]);
}

/** One file of several documents, each under its title. A style sheet that stood further up is not repeated. */
export function joinDocuments(documents: readonly (readonly [title: string, text: string])[]): string {
  const told = new Set<string>();
  return documents
    .map(([title, text]) => {
      const short = text.replaceAll(/<style[^>]*>.*?<\/style>/gsu, (style) => {
        if (told.has(style)) return '<style>as above</style>';
        told.add(style);
        return style;
      });
      return `=== ${title} ===\n\n${short.trimEnd()}\n`;
    })
    .join('\n');
}
