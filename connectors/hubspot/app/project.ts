import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Texts, wordsOfPanel } from '../../../src/model/locale.ts';
import { optionalScopes, requiredScopes } from '../scopes.ts';
import type { ProjectFile } from './shape.ts';

export type ProjectOptions = {
  /** Our public address, without a slash at the end. */
  url: string;
  /** `static` is one account with a token to copy; `oauth` lets several accounts consent. */
  auth: 'static' | 'oauth';
  /** What is said, by language. */
  texts: ReadonlyMap<string, Texts>;
  /** What our properties are called in this account, by our key, where it is not the same. */
  names?: Readonly<Record<string, string>>;
};

/** Stands in the files of this folder wherever our public address belongs. */
const placeholder = 'https://feedback.example.com';
const appFile = 'src/app/app-hsmeta.json';
const webhooksFile = 'src/app/webhooks/webhooks-hsmeta.json';
const settingsFile = 'src/app/cards/settings.ts';

/** The project in this folder, made out to this address. No secret is in it: HubSpot shows those once it is uploaded. */
export function composeProject(options: ProjectOptions): readonly ProjectFile[] {
  return readTemplate().map(({ path, text }) => {
    if (path === settingsFile) return { path, text: settingsOf(options) };
    const addressed = text.replaceAll(placeholder, options.url);
    if (path === appFile) return { path, text: withAuth(addressed, options) };
    return { path, text: path === webhooksFile ? withNames(addressed, options) : addressed };
  });
}

/** Subscribes to our properties by the names that they have in this account. */
function withNames(text: string, { names = {} }: ProjectOptions): string {
  return text.replace(/("propertyName": ")(\w+)(?=")/gu, (_all, before: string, key: string) => {
    return `${before}${Object.hasOwn(names, key) ? names[key] : key}`;
  });
}

/** What the card says stands in it: it has to say something before it has heard from us. */
function settingsOf({ url, texts, names = {} }: ProjectOptions): string {
  const words = Object.fromEntries([...texts].map(([tag, of]) => [tag, wordsOfPanel(of)]));
  const settings = JSON.stringify({ url, names, words }, undefined, 2);
  return `import type { Settings } from './panel.ts';\n\nexport const settings: Settings = ${settings};\n`;
}

export function readTemplate(): readonly ProjectFile[] {
  const root = import.meta.dirname;
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    );
  return ['hsproject.json', ...sources.sort()].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function withAuth(text: string, { url, auth }: Pick<ProjectOptions, 'url' | 'auth'>): string {
  const app: { config: Record<string, unknown> } = JSON.parse(text);
  app.config.auth =
    auth === 'static'
      ? {
          type: 'static',
          // Static authentication knows required scopes only.
          requiredScopes: [...requiredScopes, ...optionalScopes],
          optionalScopes: [],
          conditionallyRequiredScopes: [],
        }
      : {
          type: 'oauth',
          redirectUrls: [`${url}/oauth/hubspot/callback`],
          requiredScopes,
          optionalScopes,
          conditionallyRequiredScopes: [],
        };
  return `${JSON.stringify(app, undefined, 2)}\n`;
}
