import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../src/connector.ts';
import type { Setting } from '../src/model/setting.ts';
import { listSections } from './sections.ts';

const introduction = `# Configuration

<!-- Written by \`npm run docs:configuration\` from the schemas in \`config/own-settings.ts\` and \`connectors/*/settings.ts\`: change them, not this page. -->

Settings are environment variables. The service also reads the file \`.env\` in its folder (\`cp .env.example .env\`); a variable of the environment wins over the file. Settings are read once, at the start: restart the service after a change.

An empty value counts as not set. If something is wrong, the service does not start and names every problem with its key and an example. A key that looks like a misspelled setting is reported too, as \`setting.unknown\` in the log.

**Secret** settings are credentials. Keep them out of version control and out of images.

Accounts of HubSpot, Zendesk and Freshdesk can also be connected in the console, without any of their settings: see [Connections](admin-guide.md#connections).
`;

/** The text of docs/configuration.md: every setting with its default, an example and what it does. */
export function composeConfigurationPage(connectors: readonly Connector[]): string {
  const sections = listSections(connectors).map(({ title, page, settings }) =>
    [
      `## ${title}`,
      '',
      '| Setting | Default | What it does |',
      '|---|---|---|',
      ...settings.map(describeRow),
      '',
      `See [${page.title}](${page.path}).`,
      '',
    ].join('\n'),
  );
  return [introduction, ...sections].join('\n');
}

function describeRow({ key, description, example, usual, secret }: Setting): string {
  const shown = example === undefined || example === usual ? '' : ` Example: \`${example}\``;
  const words = `${secret ? '**Secret.** ' : ''}${description}${shown}`;
  return `| \`${key}\` | ${usual === undefined ? 'not set' : `\`${usual}\``} | ${words.replaceAll('|', '\\|')} |`;
}

if (import.meta.main) {
  const { connectors } = await import('../connectors/index.ts');
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'configuration.md'), composeConfigurationPage(connectors));
}
