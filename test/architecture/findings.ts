import type { ICruiseResult } from 'dependency-cruiser';
import { type HouseFile, isCode } from '../house/files.ts';

/** Fewer than this were not read well: the project had 1,300 modules when this was written, with 7,500 imports. */
const fewest = { modules: 1000, components: 100, imports: 5000 };

/** What the architecture rules found, one line each; nothing when all is well. */
export function listViolations({ summary }: ICruiseResult): readonly string[] {
  const comments = new Map(summary.ruleSetUsed?.forbidden?.map(({ name, comment }) => [name, comment]));
  return summary.violations.map(({ rule, from, to, ...violation }) => {
    const cycle = 'cycle' in violation ? violation.cycle?.map(({ name }) => name) : undefined;
    const path = cycle ? [from, ...cycle] : from === to ? [from] : [from, to];
    return `${rule.name}: ${path.join(' → ')}\n    ${comments.get(rule.name) ?? ''}`;
  });
}

/** Files that were not read. Without a parser for TypeScript, dependency-cruiser finds nothing wrong and nothing at all. */
export function listUnread({ modules, summary }: ICruiseResult, files: readonly HouseFile[]): readonly string[] {
  const read = new Set(modules.map(({ source }) => source));
  const counts = {
    modules: modules.filter(({ source }) => !source.includes('node_modules/')).length,
    components: modules.filter(({ source }) => source.endsWith('.tsx')).length,
    imports: summary.totalDependenciesCruised ?? 0,
  };
  return [
    ...files.filter((file) => isCode(file) && !read.has(file.path)).map(({ path }) => `${path} was not read`),
    ...Object.entries(fewest)
      .filter(([what, number]) => counts[what as keyof typeof counts] < number)
      .map(([what, number]) => `fewer than ${number} ${what} were read`),
  ];
}
