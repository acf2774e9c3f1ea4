import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { readLocales } from '../../config/locales.ts';
import { drawLogo, sizeOfPng } from './app/icons.ts';
import { type AppFile, composePackage } from './app/package.ts';
import { findFaults } from './app/shape.ts';

const url = 'https://scores.example.org/feedback';
const texts = readLocales();
const out = mkdtempSync(join(tmpdir(), 'zendesk-app-'));
afterAll(() => rmSync(out, { recursive: true }));

const files = composePackage({ url, texts });
const generate = (...flags: string[]) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, 'app', 'generate.ts'), ...flags]);

function filesIn(zip: string): readonly AppFile[] {
  const entries = Object.entries(unzipSync(readFileSync(zip)));
  return entries.map(([path, content]) => ({ path, content: Buffer.from(content) }));
}

describe('the app', () => {
  it('is as Zendesk documents it, in all languages', () => {
    expect(findFaults(files)).toEqual([]);
    const locales = files.flatMap(({ path }) => /^translations\/(.*)\.json$/u.exec(path)?.[1] ?? []);
    expect(locales.sort()).toEqual(
      ['ar', 'da', 'de', 'en', 'es', 'fr', 'it', 'nl', 'no', 'pt', 'pt-br', 'sv', 'zh-cn', 'zh-tw'].sort(),
    );
  });

  it('is made out to one address as a zip, with a new secret to set that is not in it', async () => {
    const zip = join(out, 'app.zip');
    const { stdout } = await generate('--url', `${url}/`, '--field', 'nps_trend=our_trend', '--out', zip);
    const packed = filesIn(zip);
    expect(findFaults(packed)).toEqual([]);
    const read = (path: string) => packed.find((file) => file.path === path)?.content.toString() ?? '';
    expect(JSON.parse(read('manifest.json'))).toMatchObject({ domainWhitelist: ['scores.example.org'] });
    const settings = JSON.parse(read('assets/settings.js').replace(/^window\.scoreback = |;\n$/gu, ''));
    expect(settings).toMatchObject({ url, names: { nps_trend: 'our_trend' } });
    expect(Object.keys(settings.words).sort()).toEqual([...texts.keys()].sort());
    const [secret = 'none'] = /\b[0-9a-f]{64}\b/u.exec(stdout) ?? [];
    const everything = packed.map(({ content }) => content.toString('latin1')).join();
    expect(secret).not.toBe('none');
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain('feedback.example.com');
  });

  it.each([
    [[], '--url is missing'],
    [['--url', 'http://scores.example.org'], '--url must begin with https://'],
    [['--url', url, '--field', 'surprise=x'], 'surprise'],
  ])('with %j says what is wrong', async (flags, complaint) => {
    const refused = generate(...flags, '--out', join(out, 'refused.zip'));
    await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(complaint) });
  });

  it('has logos of the sizes that Zendesk wants', () => {
    expect(sizeOfPng(drawLogo(128))).toEqual({ width: 128, height: 128 });
    expect(sizeOfPng(Buffer.from('no picture at all, but long enough'))).toBeUndefined();
  });
});

describe('the check', () => {
  const changed = (path: string, change: (text: string) => string | Buffer) =>
    findFaults(
      files.map((file) =>
        file.path === path ? { path, content: Buffer.from(change(file.content.toString('utf8'))) } : file,
      ),
    ).join();

  it.each([
    ['a secret that travels to the browser', '"scopes"', '"kept"', 'needs scopes'],
    ['an old framework', '"2.0"', '"1.0"', 'frameworkVersion'],
    ['a page that is not there', 'assets/iframe.html', 'assets/other.html', 'assets/other.html is missing'],
    ['an address for a host', '"scores.example.org"', '"https://scores.example.org"', 'is no host name'],
    ['a parameter that Zendesk keeps for itself', '"app_secret"', '"name"', 'not "name"'],
  ])('finds %s', (_what, from, to, complaint) => {
    expect(changed('manifest.json', (text) => text.replace(from, to))).toContain(complaint);
  });

  it('finds what translations lack, and those of no language', () => {
    expect(changed('translations/no.json', (text) => text.replace('"app_secret"', '"other"'))).toContain(
      'translations/no.json: app.parameters has no app_secret',
    );
    const misnamed = files.map((file) => ({ ...file, path: file.path.replace('zh-cn', 'zh-Hans') }));
    expect(findFaults(misnamed)).toEqual([expect.stringContaining('zh-Hans')]);
    expect(findFaults(files.filter(({ path }) => path !== 'translations/en.json'))).toEqual([
      'translations/en.json is missing',
    ]);
    expect(findFaults([])).toEqual(['manifest.json is missing']);
  });

  it('finds an icon of another size', () => {
    expect(changed('assets/logo.png', () => drawLogo(64))).toContain('must be 320 by 320');
  });
});
