import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../src/connector.ts';
import type { Setting } from '../src/model/setting.ts';
import { listSections } from './sections.ts';

const lineWidth = 100;

/** The text of `.env.example`: every setting with what it means, all of them commented out. */
export function composeEnvExample(connectors: readonly Connector[]): string {
  return `${[
    '# Every setting of Scoreback. Copy this file to .env and uncomment what you need; the real environment wins.',
    '# Written by `npm run env-example` from the schemas: change them, not this file.',
    ...listSections(connectors).flatMap(({ title, settings }) => [
      '',
      `# ---- ${title}`,
      ...settings.flatMap(describeSetting),
    ]),
  ].join('\n')}\n`;
}

function describeSetting({ key, description, example = '', secret }: Setting): readonly string[] {
  const words = `${description}${secret ? ' (secret)' : ''}`;
  return ['', ...wrap(words).map((line) => `# ${line}`), `# ${key}=${example}`];
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= lineWidth) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

if (import.meta.main) {
  const { connectors } = await import('../connectors/index.ts');
  writeFileSync(join(import.meta.dirname, '..', '.env.example'), composeEnvExample(connectors));
}
