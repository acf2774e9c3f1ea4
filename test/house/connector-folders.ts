import type { HouseFile, Rule } from './files.ts';

const everywhere = ['README.md', 'client.ts', 'index.ts', 'schema.ts'];
const capabilities = [
  'webhooks',
  'authorization',
  'tickets',
  'contacts',
  'provisioning',
  'audience',
  'panel',
  'actions',
];

/** The connectors' folders, each of which must be in the list; `kit` is what they share. */
export function connectorFolders(files: readonly HouseFile[]): readonly string[] {
  const folders = files.flatMap(({ path }) => /^connectors\/(?!kit\/)([^/]+)\//u.exec(path)?.[1] ?? []);
  return [...new Set(folders)].sort();
}

/** Reading one connector is reading all: the same files, and a capability in the file of its name. */
export const connectorFiles: Rule = (files) =>
  connectorFolders(files).flatMap((name) => {
    const folder = `connectors/${name}`;
    const has = (file: string) => files.some(({ path }) => path === `${folder}/${file}`);
    const index = files.find(({ path }) => path === `${folder}/index.ts`);
    const plugs = (capability: string) => index?.text.includes(`from './${capability}.ts'`) ?? false;
    return [
      ...[...everywhere, `${name}.test.ts`].filter((file) => !has(file)).map((file) => `${folder} has no ${file}`),
      ...capabilities
        .filter((capability) => has(`${capability}.ts`) && !plugs(capability))
        .map((capability) => `${folder}/index.ts leaves out ${capability}.ts`),
    ];
  });

/** What is said about a vendor comes from its connector: nothing else in src names one, but for the demo's story. */
export const namesNoVendor: Rule = (files) => {
  const vendors = connectorFolders(files);
  return files
    .filter(({ path }) => /^src\/(?!sandbox\/demo)/u.test(path) && !path.includes('.test.'))
    .flatMap(({ path, text }) =>
      vendors.filter((vendor) => text.toLowerCase().includes(vendor)).map((vendor) => `${path} names ${vendor}`),
    );
};
