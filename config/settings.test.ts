import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Connector } from '../src/connector.ts';
import { ConfigurationProblem, type SettingProblem } from '../src/model/errors.ts';
import { fieldIssue } from '../src/model/field-problems.ts';
import { describeProblems } from './describe-problems.ts';
import { readSettings } from './settings.ts';

type AcmeSettings = { ACME_TOKEN?: string | undefined; ACME_ACCOUNT?: string | undefined };

const acme: Connector<AcmeSettings> = {
  name: 'acme',
  title: 'Acme',
  settings: z
    .object({
      ACME_TOKEN: z.string().meta({ description: 'The token.', secret: true }).optional(),
      ACME_ACCOUNT: z.string().optional().meta({ description: 'The account.', example: 'north' }),
    })
    .superRefine((settings, context) => {
      if (settings.ACME_TOKEN && !settings.ACME_ACCOUNT) {
        const needed = fieldIssue('field.required_with', { setting: 'ACME_TOKEN' });
        context.addIssue({ code: 'custom', path: ['ACME_ACCOUNT'], ...needed });
      }
    }),
  guide: { color: '#336699', summary: { en: 'Tickets.' }, fields: {}, keys: [], address: 'ACME_ACCOUNT' },
  connects: (settings) => settings.ACME_TOKEN !== undefined,
  limits: { calls: 1, window: 1000, atOnce: 1 },
  connect: () => ({}),
};

const connected = { ACME_TOKEN: 'an-unknown-token', ACME_ACCOUNT: 'north' };
const secretKey = 'a-key-of-32-characters-or-longer';

function read(environment: Record<string, string | undefined>) {
  return readSettings(environment, [acme]);
}

const typo = (setting: string, meant: string) => ({
  setting,
  message: { code: 'field.typo', params: { setting: meant } },
});

function problemsOf(environment: Record<string, string | undefined>): readonly SettingProblem[] {
  try {
    read(environment);
  } catch (failure) {
    if (failure instanceof ConfigurationProblem) return failure.problems;
    throw failure;
  }
  return [];
}

describe('an empty environment', () => {
  it('is enough to try it out', () => {
    expect(read({})).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: undefined,
      trustProxy: false,
      databaseUrl: undefined,
      dataDir: join(process.cwd(), 'data'),
      secretKeys: [],
      surveys: undefined,
      reconcileEvery: 300_000,
      sandbox: true,
      connections: [],
      warnings: [],
    });
  });

  it('is what empty values make', () => {
    expect(read({ PORT: '', ACME_TOKEN: ' ', SANDBOX: '' })).toEqual(read({}));
  });
});

describe('values', () => {
  it.each([
    [{ PORT: '0' }, { port: 0 }],
    [{ PUBLIC_URL: 'https://feedback.example.com/ask/' }, { publicUrl: 'https://feedback.example.com/ask' }],
    [{ TRUST_PROXY: '2' }, { trustProxy: 2 }],
    [{ TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::/8' }, { trustProxy: ['loopback', '10.0.0.0/8', 'fd00::/8'] }],
    [{ SECRET_KEY: `${secretKey}, ${secretKey}2` }, { secretKeys: [secretKey, `${secretKey}2`] }],
    [{ RECONCILE_EVERY: 'PT2S' }, { reconcileEvery: 2000 }],
    [{ MAIL_FROM: 'support@example.com' }, { mailFrom: { address: 'support@example.com' } }],
    [
      { MAIL_FROM: 'Acme Support <support@example.com>' },
      { mailFrom: { name: 'Acme Support', address: 'support@example.com' } },
    ],
    [
      { MAIL_FROM: '"Acme, Support" <support@example.com>' },
      { mailFrom: { name: 'Acme, Support', address: 'support@example.com' } },
    ],
    [{ LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
    [
      {
        OIDC_ISSUER: 'https://login.example.com/',
        OIDC_CLIENT_ID: 'scoreback',
        OIDC_CLIENT_SECRET: 'x',
        OIDC_DOMAINS: 'Example.com, acme.example',
      },
      {
        singleSignOn: {
          issuer: 'https://login.example.com',
          clientId: 'scoreback',
          clientSecret: 'x',
          name: 'Single sign-on',
          domains: ['example.com', 'acme.example'],
          verifiedDomains: [],
        },
      },
    ],
    [{ OIDC_NAME: 'Acme login' }, { singleSignOn: undefined }],
    [{ SESSION_IDLE: 'PT8H', SESSION_LONGEST: 'P1D' }, { sessions: { idle: 28_800_000, longest: 86_400_000 } }],
  ])('%j', (environment, settings) => {
    expect(read(environment)).toMatchObject(settings);
  });

  it.each([
    ['PORT', '65536', 'field.port'],
    ['PORT', '3000x', 'field.port'],
    ['HOST', 'http://localhost', 'field.host'],
    ['PUBLIC_URL', 'feedback.example.com', 'field.http_url'],
    ['PUBLIC_URL', 'ftp://feedback.example.com', 'field.http_url'],
    ['PUBLIC_URL', 'https://feedback.example.com/?a=1', 'field.url_query'],
    ['PUBLIC_URL', 'https://name:pass@feedback.example.com', 'field.url_credentials'],
    ['TRUST_PROXY', 'true', 'field.trusted_proxies'],
    ['TRUST_PROXY', '10.0.0.0/33', 'field.trusted_proxies'],
    ['DATABASE_URL', 'mysql://localhost/test', 'field.postgres_url'],
    ['DATABASE_READ_URL', 'mysql://localhost/test', 'field.postgres_url'],
    ['SECRET_KEY', 'short', 'field.weak_key'],
    ['SECRET_KEY', `${secretKey},short`, 'field.weak_key'],
    ['SMTP_URL', 'mail.example.com', 'field.smtp_url'],
    ['SMTP_URL', 'smtp://mail.example.com/?sendmail=true', 'field.smtp_parameters'],
    ['MAIL_FROM', 'Acme Support', 'field.email_with_name'],
    ['OIDC_ISSUER', 'http://login.example.com', 'field.https_url'],
    ['OIDC_DOMAINS', 'example.com, @acme', 'field.domains'],
    ['API_KEY', 'two words, and 32 characters or longer', 'field.printable'],
    ['API_KEY', 'a', 'field.weak_key'],
    ['API_KEY', 'letmein-letmein-letmein-letmein-letmein', 'field.weak_key'],
    ['SECRET_KEY', 'x'.repeat(64), 'field.weak_key'],
    ['SECRET_KEY', 'abcdefgh'.repeat(8), 'field.weak_key'],
    ['SECRET_KEY', `${secretKey},${'ab'.repeat(20)}`, 'field.weak_key'],
    ['SESSION_IDLE', '7 days', 'field.duration'],
    ['OIDC_VERIFIED_DOMAINS', '@acme', 'field.domains'],
    ['SANDBOX', 'perhaps', 'field.not_one_of'],
    ['LOG_LEVEL', 'loud', 'field.not_one_of'],
    ['RECONCILE_EVERY', '5 minutes', 'field.duration'],
    ['RECONCILE_EVERY', 'PT0S', 'field.duration_range'],
    ['SURVEYS_FILE', '/nowhere/surveys.json', 'field.file_unreadable'],
  ])('%s=%s is refused as %s', (key, value, code) => {
    const other = {
      ...(key.startsWith('DATABASE_') ? { SECRET_KEY: secretKey, DATABASE_URL: 'postgres://localhost/test' } : {}),
    };
    const problems = problemsOf({
      ...other,
      ...(key === 'SMTP_URL' ? { MAIL_FROM: 'a@example.com' } : {}),
      ...(key === 'OIDC_ISSUER' ? { OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x' } : {}),
      [key]: value,
    });
    expect(problems).toMatchObject([{ setting: key, message: { code } }]);
    // A value that would be right is shown where it says something that the code does not.
    if (key !== 'SURVEYS_FILE') expect(problems[0]?.example).toEqual(expect.any(String));
  });
});

describe('combinations', () => {
  it.each([
    ['SECRET_KEY', { DATABASE_URL: 'postgres://localhost/test' }],
    ['DATABASE_URL', { DATABASE_READ_URL: 'postgres://localhost/test' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://localhost:25' }],
    ['OIDC_CLIENT_ID', { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_SECRET: 'x' }],
    ['OIDC_CLIENT_SECRET', { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'x' }],
    ['OIDC_ISSUER', { OIDC_CLIENT_ID: 'x' }],
    ['ACME_ACCOUNT', { ACME_TOKEN: 'an-unknown-token' }],
  ])('%s is missing', (key, environment) => {
    expect(problemsOf(environment)).toMatchObject([
      { setting: key, message: { code: 'field.required_with', params: { setting: expect.any(String) } } },
    ]);
  });

  it('refuses the sandbox beside real keys', () => {
    for (const sandbox of ['unconnected', 'on']) {
      const params = { sandbox, settings: ['ACME_TOKEN', 'ACME_ACCOUNT'] };
      expect(problemsOf({ ...connected, SANDBOX: sandbox })).toMatchObject([
        { setting: 'SANDBOX', message: { code: 'field.sandbox_beside', params } },
      ]);
    }
  });

  it('tells every problem at once', () => {
    const problems = problemsOf({
      PORT: 'x',
      SMTP_URL: 'smtp://localhost',
      ACME_TOKEN: 'an-unknown-token',
      SANDBOX: 'on',
    });
    expect(problems.map(({ setting }) => setting)).toEqual(['PORT', 'MAIL_FROM', 'SANDBOX', 'ACME_ACCOUNT']);
  });
});

describe('the sandbox', () => {
  it.each(['0.0.0.0', '::', '192.168.1.5', 'my-machine.example'])('is not open to others unasked: HOST=%s', (HOST) => {
    expect(problemsOf({ HOST })).toEqual([
      { setting: 'SANDBOX', message: { code: 'field.sandbox_exposed', params: { host: HOST } } },
    ]);
    expect(read({ HOST, SANDBOX: 'on' }).sandbox).toBe(true);
    expect(read({ HOST, SANDBOX: 'off' }).sandbox).toBe(false);
    expect(read({ HOST, NODE_ENV: 'production' }).sandbox).toBe(false);
  });

  it.each([
    ['on when nothing is configured', {}, true],
    ['off when told so', { SANDBOX: 'off' }, false],
    ['off in production', { NODE_ENV: 'production' }, false],
    ['on in production when told so', { NODE_ENV: 'production', SANDBOX: 'on' }, true],
    ['on, with nothing connected, when told so', { SANDBOX: 'unconnected' }, true],
    ['off beside a connection', connected, false],
    ['off beside half a configuration', { ACME_ACCOUNT: 'north' }, false],
  ])('is %s', (_case, environment, sandbox) => {
    expect(read(environment).sandbox).toBe(sandbox);
  });
});

describe('connections', () => {
  it('are the connectors whose keys are enough', () => {
    expect(read(connected).connections).toEqual([{ connector: acme, settings: connected }]);
    expect(read({ ACME_ACCOUNT: 'north' })).toMatchObject({
      connections: [],
      warnings: [{ code: 'setting.keys_incomplete' }],
    });
  });
});

describe('typos', () => {
  it('stop the start where something that is needed is missing', () => {
    expect(problemsOf({ ACME_TOEKN: 'an-unknown-token' })).toEqual([typo('ACME_TOEKN', 'ACME_TOKEN')]);
    expect(problemsOf({ SMTP_URL: 'smtp://localhost', MAIL_FORM: 'a@example.com' })).toMatchObject([
      { setting: 'MAIL_FROM' },
      typo('MAIL_FORM', 'MAIL_FROM'),
    ]);
  });

  it('are pointed out elsewhere', () => {
    const { warnings } = read({ SURVEY_FILE: 'x', SMTP_HOST: 'x', ACME_REGION: 'x', DATABSE_URL: 'x' });
    expect(warnings.map(({ code }) => code)).toEqual(Array(4).fill('setting.unknown'));
    expect(warnings.map(({ says }) => says.match(/^\w+|\w+(?=\?$)/gu))).toEqual([
      ['SURVEY_FILE', 'SURVEYS_FILE'],
      ['SMTP_HOST', 'SMTP_URL'],
      ['ACME_REGION', 'ACME_TOKEN'],
      ['DATABSE_URL', 'DATABASE_URL'],
    ]);
  });

  it('are not what other programs set', () => {
    const others = {
      PATH: 'x',
      HOME: 'x',
      MAIL: 'x',
      HOSTNAME: 'x',
      npm_config_yes: 'x',
      TEST_DATABASE_URL: 'x',
      CI: '1',
    };
    expect(read(others).warnings).toEqual([]);
  });
});

describe('warnings', () => {
  it.each([
    ['a connection that nobody can reach', connected, ['public_url_unset', 'smtp_url_unset']],
    [
      'production without https',
      { NODE_ENV: 'production', PUBLIC_URL: 'http://a.example.com' },
      ['public_url_insecure', 'database_url_unset', 'trust_proxy_unset'],
    ],
    [
      'production behind a local proxy',
      { NODE_ENV: 'production', PUBLIC_URL: 'http://127.0.0.1:1' },
      ['database_url_unset'],
    ],
    ['a public address and nobody to believe', { PUBLIC_URL: 'https://a.example.com' }, ['trust_proxy_unset']],
    ['a public address behind a proxy', { PUBLIC_URL: 'https://a.example.com', TRUST_PROXY: '1' }, []],
  ])('%s', (_case, environment, codes) => {
    expect(read(environment).warnings.map(({ code }) => code)).toEqual(codes.map((code) => `setting.${code}`));
  });
});

describe('secrets', () => {
  it('never stand in a problem', () => {
    const secret = 'hush-hush';
    const problems = problemsOf({
      SECRET_KEY: secret,
      DATABASE_URL: `mysql://user:${secret}@localhost`,
      SMTP_URL: `http://user:${secret}@localhost`,
      API_KEY: `${secret} ${secret}`,
      PUBLIC_URL: `https://user:${secret}@localhost`,
      ACME_TOKEN: secret,
      ACME_TOKENN: secret,
    });
    expect(problems.length).toBeGreaterThan(5);
    expect(JSON.stringify(problems)).not.toContain(secret);
    expect(describeProblems(problems)).not.toContain(secret);
  });
});

describe('SURVEYS_FILE', () => {
  function surveysFile(text: string | Buffer): string {
    const path = join(mkdtempSync(join(tmpdir(), 'scoreback-')), 'surveys.json');
    writeFileSync(path, text);
    return path;
  }

  it('is read', () => {
    const path = surveysFile('[{"key": "after-ticket", "metric": "nps", "status": "live"}]');
    expect(read({ SURVEYS_FILE: path }).surveys).toMatchObject([
      { key: 'after-ticket', status: 'live', timing: { delay: 'PT24H' } },
    ]);
  });

  it('may begin with a byte order mark', () => {
    const path = surveysFile('\uFEFF[{"key": "after-ticket", "metric": "nps"}]');
    expect(read({ SURVEYS_FILE: path }).surveys).toMatchObject([{ key: 'after-ticket', status: 'draft' }]);
  });

  it('is refused in UTF-16, with what to do', () => {
    const path = surveysFile(Buffer.from('\uFEFF[{"key": "after-ticket", "metric": "nps"}]', 'utf16le'));
    expect(problemsOf({ SURVEYS_FILE: path })).toEqual([
      { setting: 'SURVEYS_FILE', message: { code: 'field.file_encoding', params: { path, kind: 'utf16' } } },
    ]);
  });

  it('is refused field by field', () => {
    const path = surveysFile(
      '[{"key": "a", "metric": "nps", "delay": "1 day"}, {"key": "b", "metric": "nps", "dealy": "PT1H"}]',
    );
    expect(problemsOf({ SURVEYS_FILE: path })).toEqual([
      { setting: 'SURVEYS_FILE', field: 'surveys[0].delay', message: { code: 'field.duration', params: {} } },
      { setting: 'SURVEYS_FILE', field: 'surveys[1].dealy', message: { code: 'field.unknown', params: {} } },
    ]);
  });

  it('is refused with languages in which there are no texts, and told which there are', () => {
    const path = surveysFile(
      '[{"key": "a", "metric": "nps", "languages": ["de", "tlh"]}, {"key": "b", "metric": "nps", "languages": ["pt-BR"]}]',
    );
    const languages = expect.arrayContaining(['ar', 'pt', 'zh-Hant']);
    const unknown = (language: string) => ({ code: 'field.unknown_language', params: { language, languages } });
    expect(problemsOf({ SURVEYS_FILE: path })).toMatchObject([
      { field: 'surveys[0].languages[1]', message: unknown('tlh') },
      { field: 'surveys[1].languages[0]', message: unknown('pt-BR') },
    ]);
  });

  it.each([
    ['[\n  {"key": "a",}\n]', 2, 15],
    ['[\n  {"key": "a", "metric": nps}\n]', 2, 27],
    ['[\n  {"key": "a"}\n  {"key": "b"}\n]', 3, 3],
    ['[\n  {"key": "a"},', 2, 16],
    ['[{"key": "a"},\n]', 2, 1],
  ])('names the place of a mistake in %j', (text, line, column) => {
    const path = surveysFile(text);
    expect(problemsOf({ SURVEYS_FILE: path })).toEqual([
      { setting: 'SURVEYS_FILE', message: { code: 'field.file_syntax', params: { path, line, column } } },
    ]);
  });
});
