import { describe, expect, it } from 'vitest';
import { composeConfigurationPage } from '../config/configuration-page.ts';
import { composeEnvExample } from '../config/env-example.ts';
import { connectors } from '../connectors/index.ts';
import { recordFields } from '../src/model/crm-field-definitions.ts';
import { connectorFiles, connectorFolders, namesNoVendor } from './house/connector-folders.ts';
import { type HouseFile, type Rule, readHouse } from './house/files.ts';
import { guardedRequests, readersOfEnvironment } from './house/guarded.ts';
import { linksResolve } from './house/links.ts';
import { exportsByName, lengths, names, nothingPutOff } from './house/manners.ts';
import { documentsExist, noMachine, scrubbedFixtures } from './house/traces.ts';

const house = readHouse();

/** A file that was never written to disk: shows that a rule can fail, and where it does not. */
function file(path: string, ...lines: readonly string[]): HouseFile {
  return { path, text: `${lines.join('\n')}\n` };
}

function describeRule(title: string, rule: Rule, examples: { bad: readonly HouseFile[]; good: readonly HouseFile[] }) {
  describe(title, () => {
    it('holds', () => {
      expect(rule(house)).toEqual([]);
    });

    it.each(examples.bad.map((example) => [example.path, example] as const))('is broken by %s', (_path, example) => {
      expect(rule([example])).not.toEqual([]);
    });

    it.each(examples.good.map((example) => [example.path, example] as const))('is kept by %s', (_path, example) => {
      expect(rule([example])).toEqual([]);
    });
  });
}

describeRule('connectors send by what they are given', guardedRequests, {
  bad: [
    file('connectors/hubspot/client.ts', "const answer = await fetch('https://api.hubapi.com');"),
    file('connectors/acme/client.ts', "const socket = new WebSocket('wss://api.hubapi.com');"),
  ],
  good: [
    file('connectors/acme/client.ts', 'const answer = await send({ url, method, headers, timeout });'),
    file('connectors/acme/simulator/deliveries.ts', 'await fetch(webhookUrl);'),
    file('connectors/acme/client.test.ts', "await fetch('http://127.0.0.1');"),
  ],
});

describeRule('the environment is read once', readersOfEnvironment, {
  bad: [
    file('src/modules/tickets/a.ts', 'const port = process.env.PORT;'),
    file('src/modules/tickets/b.ts', "const port = process['env'].PORT;"),
    file('src/modules/tickets/c.ts', "import { env } from 'node:process';"),
  ],
  good: [
    file('config/environment.ts', 'const port = process.env.PORT;'),
    file('src/modules/tickets/a.ts', 'process.exitCode = 1;'),
  ],
});

describeRule('a file is one idea', lengths, {
  bad: [
    file('src/modules/tickets/a.ts', ...Array<string>(251).fill('a();')),
    file('test/a.ts', ...Array<string>(501).fill('a();')),
  ],
  good: [
    file('src/modules/tickets/a.ts', ...Array<string>(250).fill('a();')),
    file('test/a.ts', ...Array<string>(251).fill('a();')),
  ],
});

describeRule('names say something', names, {
  bad: [
    'src/modules/tickets/util.ts',
    'src/modules/tickets/email-helpers.ts',
    'src/common.ts',
    'src/modules/contacts/contact-service.ts',
    'src/types.ts',
    'src/modules/tickets/writeBack.ts',
    'src/Flows/write.ts',
  ].map((path) => file(path)),
  good: ['src/modules/tickets/write-back.ts', 'src/modules/tickets/write-back.test.ts', 'src/model/uncommon.ts'].map(
    (path) => file(path),
  ),
});

describeRule('exports have names', exportsByName, {
  bad: [file('src/a.ts', 'export default 1;'), file('src/b.ts', 'export { a as default };')],
  good: [file('vitest.config.ts', 'export default 1;'), file('src/a.ts', 'export const a = 1;')],
});

describeRule('nothing is put off', nothingPutOff, {
  bad: [file('src/a.ts', `// ${'TO'}${'DO'}: later`), file('src/b.ts', `// ${'FIX'}${'ME'}`)],
  good: [file('src/a.ts', 'it.todo;')],
});

describeRule('fixtures give nobody away', scrubbedFixtures, {
  bad: [
    file('connectors/hubspot/fixtures/contact.json', '{"email": "ann@acme.io"}'),
    file('connectors/hubspot/fixtures/token.json', `{"token": "pat-${'na1'}-0f3a9c2e-1111"}`),
    file('connectors/zendesk/fixtures/token.json', `{"token": "${'a1b2c3d4'.repeat(5)}"}`),
  ],
  good: [
    file('connectors/hubspot/fixtures/contact.json', '{"email": "ann@example.com", "id": "12345678901"}'),
    file('connectors/hubspot/fixtures/failure.json', '{"correlationId": "0f3a9c2e-1111-4222-8333-444455556666"}'),
    file('src/model/contact.ts', "normalizeEmail('ann@acme.io')"),
  ],
});

describeRule('nothing leads to one machine', noMachine, {
  bad: [
    file('src/a.ts', `readFileSync('${['', 'work', 'main'].join('/')}')`),
    file('README.md', `See ${['', 'home', 'ann', 'notes'].join('/')}`),
    file('package-lock.json', `"a": "https://${['registry', 'example.com'].join('.')}/a"`),
    file('package-lock.json', `      "resolved": "${'http'}s://packages.example.com/a.tgz"`),
  ],
  good: [file('src/a.ts', "app.get('/s/:token')", "'https://example.com/work/places'")],
});

describeRule('documents that are named are there', documentsExist, {
  bad: [file('src/a.ts', `// see ${'NOWHERE'}.md`)],
  good: [file('README.md', 'You are reading README.md.')],
});

describeRule('links of documents lead somewhere', linksResolve, {
  bad: [
    file('docs/api.md', 'See [the other page](b.txt).'),
    file('docs/api.md', '# Backup', 'See [Restore](#restore).'),
    file('docs/api.md', 'See [Restore](../docs/api.md#restore).'),
  ],
  good: [
    file(
      'docs/api.md',
      '# Backup and `restore`',
      'See [Restore](#backup-and-restore), [here](api.md), [all](../docs).',
    ),
    file(
      'README.md',
      '```',
      '[not](a link)',
      '```',
      '![A picture](docs/a.png)',
      '[the web](https://example.com/api.md)',
    ),
  ],
});

describeRule('connectors are alike', connectorFiles, {
  bad: [file('connectors/acme/index.ts')],
  good: [],
});

describeRule(
  'nothing in src names a vendor',
  (files) => namesNoVendor([...files, file('connectors/ticketeer/index.ts')]),
  {
    bad: [
      file('src/console/words/en/home.json', '{ "says": "Connect Ticketeer." }'),
      file('src/console/emblem.module.css', '[data-system="ticketeer"] {}'),
    ],
    good: [file('src/console/emblem.tsx', 'const color = connector.color;')],
  },
);

describe('connectors/index.ts', () => {
  it('lists every folder, each under its own name', () => {
    expect(connectors.map(({ name }) => name).sort()).toEqual(connectorFolders(house));
  });

  it('would miss a folder that nobody listed', () => {
    expect(connectorFolders([...house, file('connectors/acme/index.ts')])).toContain('acme');
  });

  it('plugs in every capability that has a file', () => {
    const acme = ['README.md', 'client.ts', 'schema.ts', 'acme.test.ts', 'tickets.ts'].map((name) =>
      file(`connectors/acme/${name}`),
    );
    expect(connectorFiles([...acme, file('connectors/acme/index.ts')])).toEqual([
      'connectors/acme/index.ts leaves out tickets.ts',
    ]);
    expect(
      connectorFiles([...acme, file('connectors/acme/index.ts', "import { tickets } from './tickets.ts';")]),
    ).toEqual([]);
  });
});

describe('docs/configuration.md', () => {
  it('lists every setting; `npm run docs:configuration` writes it', () => {
    const written = house.find(({ path }) => path === 'docs/configuration.md')?.text;
    expect(written).toBe(composeConfigurationPage(connectors));
  });
});

describe('docs/crm-fields.md', () => {
  it('lists every field with its label, and every option', () => {
    const page = house.find(({ path }) => path === 'docs/crm-fields.md')?.text ?? '';
    const missing = recordFields.flatMap(({ key, label, ...field }) => [
      ...(page.includes(`| \`${key}\` | ${label} |`) ? [] : [key]),
      ...(field.type === 'choice' ? field.options.filter(({ value }) => !page.includes(`\`${value}\``)) : []),
    ]);
    expect(missing).toEqual([]);
  });
});

describe('.env.example', () => {
  it('tells every setting; `npm run env-example` writes it anew', () => {
    const written = house.find(({ path }) => path === '.env.example')?.text;
    expect(written).toBe(composeEnvExample(connectors));
  });
});
