import { mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigurationProblem, type SettingProblem } from '../src/model/errors.ts';
import { readEnvironment } from './environment.ts';
import { localUrl } from './public-url.ts';
import { ensureSecretKey } from './secret-key.ts';

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'scoreback-'));
}

function problemsOf(work: () => unknown): readonly SettingProblem[] {
  try {
    work();
  } catch (failure) {
    if (failure instanceof ConfigurationProblem) return failure.problems;
    throw failure;
  }
  return [];
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
    ['UTF-16 with its mark', Buffer.from('\uFEFFPORT=3001', 'utf16le'), 'utf16'],
    ['UTF-16 without one', Buffer.from('PORT=3001', 'utf16le'), 'utf16'],
    ['big-endian UTF-16', Buffer.from('\uFEFFPORT=3001', 'utf16le').swap16(), 'utf16'],
    ['Latin-1', Buffer.from('OIDC_NAME=Müller', 'latin1'), 'unknown'],
  ])('is refused in %s', (_encoding, bytes, kind) => {
    const here = folder();
    writeFileSync(join(here, '.env'), bytes);
    const params = { path: join(here, '.env'), kind };
    expect(problemsOf(() => readEnvironment(here))).toEqual([
      { setting: '.env', message: { code: 'field.file_encoding', params } },
    ]);
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
    expect(problemsOf(() => ensureSecretKey(dataDir))).toMatchObject([
      { setting: 'SECRET_KEY', message: { code: 'field.secret_key_file' } },
    ]);
  });

  it('says where it cannot be kept', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(problemsOf(() => ensureSecretKey(file))).toMatchObject([
      { setting: 'DATA_DIR', message: { code: 'field.folder_unwritable', params: { path: file } } },
    ]);
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
