import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Connector } from '../src/connector.ts';
import { ConfigurationProblem } from '../src/errors.ts';
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
        context.addIssue({ code: 'custom', path: ['ACME_ACCOUNT'], message: 'is required with ACME_TOKEN' });
      }
    }),
  guide: { color: '#336699', summary: { en: 'Tickets.' }, fields: {}, keys: [], address: 'ACME_ACCOUNT' },
  connects: (settings) => settings.ACME_TOKEN !== undefined,
  limits: { calls: 1, window: 1000, atOnce: 1 },
  connect: () => ({}),
};

const connected = { ACME_TOKEN: 'token-of-nobody', ACME_ACCOUNT: 'north' };
const secretKey = 'a-key-of-32-characters-or-longer';

function read(environment: Record<string, string | undefined>) {
  return readSettings(environment, [acme]);
}

function problemsOf(environment: Record<string, string | undefined>): readonly string[] {
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
    ['PORT', '65536'],
    ['PORT', '3000x'],
    ['HOST', 'http://localhost'],
    ['PUBLIC_URL', 'feedback.example.com'],
    ['PUBLIC_URL', 'ftp://feedback.example.com'],
    ['PUBLIC_URL', 'https://feedback.example.com/?a=1'],
    ['PUBLIC_URL', 'https://name:pass@feedback.example.com'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['DATABASE_URL', 'mysql://localhost/test'],
    ['SECRET_KEY', 'short'],
    ['SECRET_KEY', `${secretKey},short`],
    ['SMTP_URL', 'mail.example.com'],
    ['SMTP_URL', 'smtp://mail.example.com/?sendmail=true'],
    ['MAIL_FROM', 'Acme Support'],
    ['OIDC_ISSUER', 'http://login.example.com'],
    ['OIDC_DOMAINS', 'example.com, @acme'],
    ['API_KEY', 'two words, and 32 characters or longer'],
    ['API_KEY', 'a'],
    ['API_KEY', 'letmein-letmein-letmein-letmein-letmein'],
    ['SECRET_KEY', 'x'.repeat(64)],
    ['SECRET_KEY', 'abcdefgh'.repeat(8)],
    ['SECRET_KEY', `${secretKey},${'ab'.repeat(20)}`],
    ['SESSION_IDLE', '7 days'],
    ['OIDC_VERIFIED_DOMAINS', '@acme'],
    ['SANDBOX', 'perhaps'],
    ['LOG_LEVEL', 'loud'],
    ['RECONCILE_EVERY', '5 minutes'],
    ['RECONCILE_EVERY', 'PT0S'],
    ['SURVEYS_FILE', '/nowhere/surveys.json'],
  ])('%s=%s is refused by its key', (key, value) => {
    const other = { ...(key === 'DATABASE_URL' ? { SECRET_KEY: secretKey } : {}) };
    const problems = problemsOf({
      ...other,
      ...(key === 'SMTP_URL' ? { MAIL_FROM: 'a@example.com' } : {}),
      ...(key === 'OIDC_ISSUER' ? { OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x' } : {}),
      [key]: value,
    });
    expect(problems).toEqual([expect.stringMatching(new RegExp(`^${key}: .*(e\\.g\\. |ENOENT)`, 'u'))]);
  });
});

describe('combinations', () => {
  it.each([
    ['SECRET_KEY', { DATABASE_URL: 'postgres://localhost/test' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://localhost:25' }],
    ['OIDC_CLIENT_ID', { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_SECRET: 'x' }],
    ['OIDC_CLIENT_SECRET', { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'x' }],
    ['OIDC_ISSUER', { OIDC_CLIENT_ID: 'x' }],
    ['ACME_ACCOUNT', { ACME_TOKEN: 'token-of-nobody' }],
  ])('%s is missing', (key, environment) => {
    expect(problemsOf(environment)).toEqual([
      expect.stringMatching(new RegExp(`^${key}: is required with .*, e\\.g\\. ${key}=`, 'u')),
    ]);
  });

  it('refuses the sandbox beside real keys', () => {
    expect(problemsOf({ ...connected, SANDBOX: 'unconnected' })).toEqual([
      expect.stringMatching(/^SANDBOX: cannot be unconnected beside ACME_TOKEN, ACME_ACCOUNT/u),
    ]);
    expect(problemsOf({ ...connected, SANDBOX: 'on' })).toEqual([
      expect.stringMatching(/^SANDBOX: cannot be on beside ACME_TOKEN, ACME_ACCOUNT/u),
    ]);
  });

  it('tells every problem at once', () => {
    const problems = problemsOf({
      PORT: 'x',
      SMTP_URL: 'smtp://localhost',
      ACME_TOKEN: 'token-of-nobody',
      SANDBOX: 'on',
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['PORT', 'MAIL_FROM', 'SANDBOX', 'ACME_ACCOUNT']);
  });
});

describe('the sandbox', () => {
  it.each(['0.0.0.0', '::', '192.168.1.5', 'my-machine.example'])('is not open to others unasked: HOST=%s', (HOST) => {
    expect(problemsOf({ HOST })).toEqual([expect.stringMatching(/^SANDBOX: .*SANDBOX=on/u)]);
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
    expect(problemsOf({ ACME_TOEKN: 'token-of-nobody' })).toEqual([
      'ACME_TOEKN: is not a setting; did you mean ACME_TOKEN?',
    ]);
    expect(problemsOf({ SMTP_URL: 'smtp://localhost', MAIL_FORM: 'a@example.com' })).toEqual([
      expect.stringMatching(/^MAIL_FROM: /u),
      'MAIL_FORM: is not a setting; did you mean MAIL_FROM?',
    ]);
  });

  it('are pointed out elsewhere', () => {
    const { warnings } = read({ SURVEY_FILE: 'x', SMTP_HOST: 'x', ACME_REGION: 'x', DATABSE_URL: 'x' });
    expect(warnings.map(({ code }) => code)).toEqual(Array(4).fill('setting.unknown'));
    expect(warnings.map(({ says }) => says)).toEqual([
      'SURVEY_FILE: is not a setting; did you mean SURVEYS_FILE?',
      'SMTP_HOST: is not a setting; did you mean SMTP_URL?',
      'ACME_REGION: is not a setting; did you mean ACME_TOKEN?',
      'DATABSE_URL: is not a setting; did you mean DATABASE_URL?',
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
    expect(problems.join('\n')).not.toContain(secret);
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
      expect.stringMatching(/^SURVEYS_FILE: .* is UTF-16 text; save it as UTF-8$/u),
    ]);
  });

  it('is refused field by field', () => {
    const path = surveysFile(
      '[{"key": "a", "metric": "nps", "delay": "1 day"}, {"key": "b", "metric": "nps", "dealy": "PT1H"}]',
    );
    expect(problemsOf({ SURVEYS_FILE: path })).toEqual([
      expect.stringMatching(/^SURVEYS_FILE: surveys\[0\]\.delay: .*"PT24H"/u),
      expect.stringMatching(/^SURVEYS_FILE: surveys\[1\]: .*"dealy"/u),
    ]);
  });

  it('is refused with languages in which there are no texts, and told which there are', () => {
    const path = surveysFile(
      '[{"key": "a", "metric": "nps", "languages": ["de", "tlh"]}, {"key": "b", "metric": "nps", "languages": ["pt-BR"]}]',
    );
    expect(problemsOf({ SURVEYS_FILE: path })).toEqual([
      expect.stringMatching(/^SURVEYS_FILE: surveys\[0\]\.languages\[1\]: .*"tlh"; choose from ar, .*zh-Hant$/u),
      expect.stringMatching(/^SURVEYS_FILE: surveys\[1\]\.languages\[0\]: .*"pt-BR"; choose from .*\bpt\b/u),
    ]);
  });

  it.each([
    ['[\n  {"key": "a",}\n]', 'line 2, column 15: '],
    ['[\n  {"key": "a", "metric": nps}\n]', "line 2, column 27: Unexpected token 'p'"],
    ['[\n  {"key": "a"}\n  {"key": "b"}\n]', 'line 3, column 3: '],
    ['[\n  {"key": "a"},', 'line 2, column 16: Unexpected end'],
    ['[{"key": "a"},\n]', "line 2, column 1: Unexpected token ']'"],
  ])('names the place of a mistake in %j', (text, place) => {
    const [problem] = problemsOf({ SURVEYS_FILE: surveysFile(text) });
    expect(problem).toContain(`surveys.json is not JSON: ${place}`);
  });
});
