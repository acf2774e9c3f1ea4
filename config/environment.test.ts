import { mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigurationProblem } from '../src/errors.ts';
import { readEnvironment } from './environment.ts';
import { localUrl } from './public-url.ts';
import { ensureSecretKey } from './secret-key.ts';

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'scoreback-'));
}

describe('.env', () => {
  it('stands beneath the real environment', () => {
    const here = folder();
    writeFileSync(join(here, '.env'), '# ours\nMAIL_FROM="Acme <a@example.com>"\nPATH=/nowhere\n');
    const environment = readEnvironment(here);
    expect(environment.MAIL_FROM).toBe('Acme <a@example.com>');
    expect(environment.PATH).toBe(process.env.PATH);
  });

  it('may begin with the byte order mark that Windows editors write', () => {
    const here = folder();
    writeFileSync(join(here, '.env'), '\uFEFFMAIL_FROM=a@example.com\r\nPORT=3001\r\n');
    expect(readEnvironment(here)).toMatchObject({ MAIL_FROM: 'a@example.com', PORT: '3001' });
  });

  it.each([
    ['UTF-16 with its mark', Buffer.from('\uFEFFPORT=3001', 'utf16le'), /UTF-16 .*save it as UTF-8/u],
    ['UTF-16 without one', Buffer.from('PORT=3001', 'utf16le'), /UTF-16 .*save it as UTF-8/u],
    ['big-endian UTF-16', Buffer.from('\uFEFFPORT=3001', 'utf16le').swap16(), /UTF-16 .*save it as UTF-8/u],
    ['Latin-1', Buffer.from('OIDC_NAME=Müller', 'latin1'), /not UTF-8 .*save it as UTF-8/u],
  ])('is refused in %s, with what to do', (_encoding, bytes, sentence) => {
    const here = folder();
    writeFileSync(join(here, '.env'), bytes);
    expect(() => readEnvironment(here)).toThrow(sentence);
  });

  it('need not be there', () => {
    expect(readEnvironment(folder())).toEqual(process.env);
  });

  it('is refused when it cannot be read', () => {
    const here = folder();
    mkdirSync(join(here, '.env'));
    expect(() => readEnvironment(here)).toThrow(ConfigurationProblem);
  });
});

describe('the generated secret key', () => {
  it('stays the same and is readable by its owner only', () => {
    const dataDir = join(folder(), 'data');
    const key = ensureSecretKey(dataDir);
    expect(key).toMatch(/^[0-9a-f]{64}$/u);
    expect(ensureSecretKey(dataDir)).toBe(key);
    expect(statSync(join(dataDir, 'secret-key')).mode & 0o077).toBe(0);
  });

  it('is not guessed when its file is damaged', () => {
    const dataDir = folder();
    writeFileSync(join(dataDir, 'secret-key'), '');
    expect(() => ensureSecretKey(dataDir)).toThrow(/^.*\n.*SECRET_KEY: .*restore or delete it$/u);
  });

  it('says where it cannot be kept', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(() => ensureSecretKey(file)).toThrow(/DATA_DIR: /u);
  });
});

describe('the address on this machine', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:3000'],
    ['0.0.0.0', 'http://127.0.0.1:3000'],
    ['::1', 'http://[::1]:3000'],
    ['::', 'http://127.0.0.1:3000'],
    ['feedback.example.com', 'http://feedback.example.com:3000'],
  ])('of a server on %s', (host, url) => {
    expect(localUrl(host, 3000)).toBe(url);
  });
});
