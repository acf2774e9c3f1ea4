import { type HouseFile, isCode } from '../house/files.ts';

/** Index files and the list of tables export the names of others. */
const own = /^(?:src|config)\/(?!.*(?:\/index\.ts|\.test\.tsx?)$)/u;

const declared = /^export (?:async )?(?:function\*?|const|(?:abstract )?class|type) (\w+)/gmu;

/** Names that more than one file of ours exports, one line each: an exported name exists once. */
export function listRepeatedExports(files: readonly HouseFile[]): readonly string[] {
  const places = files
    .filter((file) => own.test(file.path) && isCode(file))
    .flatMap(({ path, text }) => [...new Set(exportsIn(text))].map((name) => ({ name, path })));
  return [...Map.groupBy(places, ({ name }) => name)]
    .filter(([, found]) => found.length > 1)
    .map(([name, found]) => `${name} is exported by ${found.map(({ path }) => path).join(', ')}`);
}

function exportsIn(text: string): readonly string[] {
  return [...text.matchAll(declared)].flatMap(([, name]) => name ?? []);
}
