import { posix } from 'node:path';

/** A file of a HubSpot project; `path` begins at its root and is written with slashes. */
export type ProjectFile = { path: string; text: string };

export const cardsFolder = 'src/app/cards';

const imported = /^\s*(?:import|export)\b(?:[^'"`;=]*?\bfrom)?\s+['"]([^'"]+)['"]/gmu;

/** What HubSpot could not build of the cards, or would refuse to run: they have no browser and no other packages. */
export function faultsOfCards(files: readonly ProjectFile[]): readonly string[] {
  const has = (path: string) => files.some((file) => file.path === path);
  const cards = files.filter(({ path }) => posix.dirname(path) === cardsFolder);
  if (cards.length === 0) return [];
  const packages = declaredIn(cards.find(({ path }) => path === `${cardsFolder}/package.json`));
  const sources = cards.filter(({ path }) => /\.tsx?$/u.test(path));
  return [
    ...cards
      .flatMap(({ path, text }) => (path.endsWith('-hsmeta.json') ? [{ path, entrypoint: entrypointIn(text) }] : []))
      .filter(({ entrypoint }) => entrypoint !== undefined && !has(`src${entrypoint}`))
      .map(({ path, entrypoint }) => `${path}: ${entrypoint} is not there`),
    ...['@hubspot/ui-extensions', 'react']
      .filter((name) => !packages.includes(name))
      .map((name) => `${cardsFolder}/package.json does not name ${name}`),
    ...sources.flatMap(({ path, text }) =>
      [...text.matchAll(imported)]
        .map(([, from = '']) => from)
        .filter((from) => (from.startsWith('.') ? !has(posix.join(cardsFolder, from)) : !packages.includes(from)))
        .map((from) => `${path}: imports ${from}, which is not there`),
    ),
    ...sources
      .filter(({ text }) => /\b(?:window|document|localStorage)\b\./u.test(text))
      .map(({ path }) => `${path}: looks for a browser, and there is none`),
  ];
}

function declaredIn(manifest: ProjectFile | undefined): readonly string[] {
  const content = parse(manifest?.text) as { dependencies?: object } | undefined;
  return Object.keys(content?.dependencies ?? {});
}

function entrypointIn(text: string): string | undefined {
  return (parse(text) as { config?: { entrypoint?: string } } | undefined)?.config?.entrypoint;
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
