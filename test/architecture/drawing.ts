import type { ICruiseResult } from 'dependency-cruiser';
import { importsByModule } from './modules.ts';
import { inModule, programs, tests } from './paths.ts';

/** Most parts import these, and arrows to them would hide the others. */
const everywhere = new Set(['model', 'platform', 'connector']);

const modules = Object.keys(importsByModule).map((name) => ({ name, files: new RegExp(inModule(name)) }));
const notDrawn = new RegExp([tests, ...programs].join('|'));

/** A query may join any table, so imports of them follow no order. */
const tables = /^src\/modules\/[^/]+\/tables\.ts$/u;

function nodeFor(path: string): string | undefined {
  const name = notDrawn.test(path) ? undefined : modules.find(({ files }) => files.test(path))?.name;
  if (name === undefined || everywhere.has(name)) return undefined;
  return name.replace('modules/', '');
}

/**
 * Draws which module imports which, as a Mermaid flowchart: a solid arrow where something is imported, a dotted one where
 * it is types only. Imports of tables are left out.
 */
export function drawModules({ modules: files }: Pick<ICruiseResult, 'modules'>): string {
  const arrows = new Map<string, boolean>();
  for (const { source, dependencies } of files) {
    const from = nodeFor(source);
    for (const { resolved, dependencyTypes } of dependencies) {
      const to = tables.test(resolved) ? undefined : nodeFor(resolved);
      if (from === undefined || to === undefined || from === to) continue;
      const arrow = `${from}\t${to}`;
      arrows.set(arrow, (arrows.get(arrow) ?? true) && dependencyTypes.includes('type-only'));
    }
  }
  const nodes = [...new Set([...arrows.keys()].flatMap((arrow) => arrow.split('\t')))].sort();
  const idOf = (name: string | undefined) => `m${nodes.indexOf(name ?? '')}`;
  return [
    'flowchart TD',
    ...nodes.map((name) => `  ${idOf(name)}["${name.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}"]`),
    ...[...arrows].sort().map(([arrow, typesOnly]) => {
      const [from, to] = arrow.split('\t');
      return `  ${idOf(from)} ${typesOnly ? '-.->' : '-->'} ${idOf(to)}`;
    }),
  ].join('\n');
}

/** Text as a Mermaid diagram in Markdown. */
export function asDiagram(drawing: string): string {
  return `\`\`\`mermaid\n${drawing}\n\`\`\``;
}

/** Replaces the generated part of a page, between its two markers. Throws when the page has no such part. */
export function replaceGenerated(page: string, name: 'modules' | 'tables', text: string): string {
  const begin = `<!-- ${name}: written by \`npm run docs:modules\` -->`;
  const end = `<!-- /${name} -->`;
  const [before, rest = ''] = page.split(begin);
  const [, after] = rest.split(end);
  if (after === undefined) throw new Error(`the page has no place for the ${name}, between ${begin} and ${end}`);
  return `${before}${begin}\n\n${text}\n\n${end}${after}`;
}
