import { describe, expect, test } from 'vitest';
import { parseOperatorSmtpUrl, parseSmtpUrl } from './smtp-server.ts';

/** Options that nodemailer reads from the query of a URL, each with the value that does harm. */
const libraryOptions = [
  'pool=false',
  'sendmail=true',
  'path=%2Fbin%2Fsh',
  'args=-c',
  'streamTransport=true',
  'jsonTransport=true',
  'SES=true',
  'proxy=http%3A%2F%2F10.0.0.1%3A3128',
  'logger=true',
  'debug=true',
  'socket=true',
  'service=gmail',
  'host=10.0.0.1',
  'connection=true',
  'auth.type=OAuth2',
  '__proto__=true',
  'constructor=true',
];

describe.each([
  ['an admin', parseSmtpUrl],
  ['the operator', parseOperatorSmtpUrl],
] as const)('the URL of %s', (_who, parse) => {
  test.each([
    ['smtp://mail.example.com', { secure: false, host: 'mail.example.com', port: 587 }],
    ['smtps://mail.example.com/', { secure: true, host: 'mail.example.com', port: 465 }],
    ['SMTP://MAIL.Example.com:2525', { secure: false, host: 'mail.example.com', port: 2525 }],
    ['smtp://mail.example.com:443', { secure: false, host: 'mail.example.com', port: 443 }],
    ['smtp://mail.example.com:80', { secure: false, host: 'mail.example.com', port: 80 }],
    ['smtps://ann%40acme.example:a%3Fb%23c%2Fd@mail.example.com', { user: 'ann@acme.example', password: 'a?b#c/d' }],
    ['smtp://only-a-user@mail.example.com', { user: 'only-a-user', password: '' }],
    ['smtp://[2001:DB8::1]:25', { host: '2001:db8::1', port: 25 }],
    ['smtp://0x7f.1', { host: '127.0.0.1' }],
    ['smtp://2130706433', { host: '127.0.0.1' }],
    ['smtp://münchen.example', { host: 'xn--mnchen-3ya.example' }],
  ])('%s is read into its parts', (url, server) => {
    expect(parse(url)).toMatchObject(server);
  });

  test('without user and password it has no credentials', () => {
    expect(parse('smtp://mail.example.com')).not.toHaveProperty('user');
  });

  test.each([
    'mail.example.com',
    'smtp:mail.example.com',
    'smtp:///',
    'smtp://:25',
    'smtp://mail.example.com:99999',
    'https://mail.example.com',
    'direct://mail.example.com',
    'smtp://mail.example.com/path',
    'smtp://mail.example.com/#fragment',
    'smtp://mail.example.com#',
    'smtp://user:%zz@mail.example.com',
    'smtp://user:a%0D%0ARSET@mail.example.com',
    'smtp://mail%00.example.com',
    'smtp://mail example.com',
    ...libraryOptions.map((option) => `smtp://mail.example.com/?${option}`),
    ...libraryOptions.map((option) => `smtps://user:hush-hush@mail.example.com?requireTLS=true&${option}`),
  ])('%s is refused without being quoted', (url) => {
    const read = parse(url);
    expect(read).toMatchObject({ problem: { code: expect.stringMatching(/^field\./u) } });
    expect(JSON.stringify(read)).not.toMatch(/hush-hush|mail\.example\.com/u);
  });
});

test.each([
  'smtp://mail.exam\tple.com',
  'smtp://mail.exam\nple.com',
  'smtp://mail.example.com\r\nRSET',
  'smtp://mail.example.com ',
  '\u0000smtp://mail.example.com',
  'smtp://us\u200ber@mail.example.com',
  'smtp://mail\u00ad.example.com',
  `smtp://user:${'p'.repeat(2000)}@mail.example.com`,
])('%j, which an admin typed, is refused', (url) => {
  expect(parseSmtpUrl(url)).toMatchObject({ problem: { code: expect.stringMatching(/^field\./u) } });
});

describe('parameters of a URL', () => {
  test.each([
    ['requireTLS=true', { requireTls: true }],
    ['requireTLS=false', {}],
    ['ignoreTLS=true', { ignoreTls: true }],
    ['tls.rejectUnauthorized=false', { anyCertificate: true }],
    ['tls.rejectUnauthorized=true', {}],
    ['name=mail.acme.example&requireTLS=true', { name: 'mail.acme.example', requireTls: true }],
    ['', {}],
  ])('?%s is the operator’s to say', (query, options) => {
    const plain = { secure: false, host: 'mail.example.com', port: 587 };
    expect(parseOperatorSmtpUrl(`smtp://mail.example.com?${query}`)).toEqual({ ...plain, ...options });
    expect(parseSmtpUrl(`smtp://mail.example.com?${query}`)).toHaveProperty('problem');
  });

  test.each([
    'requireTLS',
    'requireTLS=yes',
    'requireTLS=true&requireTLS=false',
    'requireTLS=true&ignoreTLS=true',
    'name=a%0D%0ARSET',
    'tls.rejectUnauthorized=false?x',
    'tls.ciphers=NULL',
  ])('?%s is refused', (query) => {
    expect(parseOperatorSmtpUrl(`smtp://mail.example.com?${query}`)).toHaveProperty('problem');
  });
});
