import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Texts } from '../../../src/model/locale.ts';
import { wordsOfPanel } from '../../../src/model/locale.ts';
import { drawLogo } from './icons.ts';

/** A file of the app; `path` begins at its root and is written with slashes. */
export type AppFile = { path: string; content: Buffer };

export type PackageOptions = {
  /** Our public address, without a slash at the end. */
  url: string;
  /** What is said, by language. */
  texts: ReadonlyMap<string, Texts>;
  /** What our fields are called in this account, by our key, where it is not the same. */
  names?: Readonly<Record<string, string>>;
};

/** Stands in the files of this folder wherever our public address belongs. */
const placeholder = { url: 'https://feedback.example.com', host: 'feedback.example.com' };

/** What Zendesk calls a language where it is not by our tag; European Portuguese is better than none in Brazil. */
const zendeskLocales: Readonly<Record<string, readonly string[]>> = {
  nb: ['no'],
  zh: ['zh-cn'],
  'zh-Hant': ['zh-tw'],
  pt: ['pt', 'pt-br'],
};

/** The app in this folder, made out to this address. No secret is in it: that is set where it is installed. */
export function composePackage({ url, texts, names = {} }: PackageOptions): readonly AppFile[] {
  const root = import.meta.dirname;
  const assets = readdirSync(join(root, 'assets')).sort();
  const manifest = readFileSync(join(root, 'manifest.json'), 'utf8');
  const words = Object.fromEntries(
    [...texts].map(([tag, of]) => [tag, { direction: of.language.direction, panel: wordsOfPanel(of) }]),
  );
  return [
    text(
      'manifest.json',
      manifest.replaceAll(placeholder.url, url).replaceAll(placeholder.host, new URL(url).hostname),
    ),
    ...assets.map((name) => text(`assets/${name}`, readFileSync(join(root, 'assets', name), 'utf8'))),
    text('assets/settings.js', `window.scoreback = ${JSON.stringify({ url, names, words })};\n`),
    { path: 'assets/logo.png', content: drawLogo(320) },
    { path: 'assets/logo-small.png', content: drawLogo(128) },
    ...[...texts].flatMap(([tag, of]) =>
      (zendeskLocales[tag] ?? [tag]).map((locale) => text(`translations/${locale}.json`, translation(of))),
    ),
  ];
}

/** What Zendesk itself shows of an app: in its lists and where it is installed. */
function translation({ panel }: Texts): string {
  const app = {
    name: 'Scoreback',
    short_description: panel.about,
    long_description: panel.about,
    installation_instructions: panel.secretHelp,
    parameters: { app_secret: { label: panel.secret, helpText: panel.secretHelp } },
  };
  return `${JSON.stringify({ app }, undefined, 2)}\n`;
}

function text(path: string, content: string): AppFile {
  return { path, content: Buffer.from(content) };
}
