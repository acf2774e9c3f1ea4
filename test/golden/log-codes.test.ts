import { describe, expect, it } from 'vitest';
import { isCode, isTest, readHouse } from '../house/files.ts';
import { compareText, golden } from './golden.ts';
import { logCallsIn } from './log-calls.ts';

/** A simulator's log is the list of what it was asked. */
const sources = readHouse().filter(
  (file) =>
    /^(?:src|connectors|config)\//u.test(file.path) &&
    isCode(file) &&
    !isTest(file) &&
    !file.path.includes('/simulator/'),
);

/** Whatever is done with a log, so that no call is missed because it looks different. */
const use = /(?<!\/)\blog\s*(?:\??\.\s*\w+|\[\w+\])\s*\(?/gu;

const calls = sources.flatMap((file) => logCallsIn(file.text));

/** The warnings about settings are told with codes of their own. */
const warnings = sources
  .filter(({ path }) => /^config\/(?:settings|warnings)\.ts$/u.test(path))
  .flatMap(({ text }) => [...text.matchAll(/'(setting\.\w+)'/gu)].map(([, code = '']) => ({ code, level: 'warn' })));

const coded = [
  ...calls
    .filter(({ code }) => code !== 'warning.code')
    .map(({ code, ...call }) => ({ ...call, code: code.replaceAll("'", '') })),
  ...warnings,
];

describe('what is logged', () => {
  it('has a code of its own in every line, written out', () => {
    const without = calls.filter(({ code }) => !/^'[a-z_]+\.[a-z_]+'$/u.test(code) && code !== 'warning.code');
    expect(without).toEqual([]);
  });

  it('has one level and one sentence a code', () => {
    const groups = Map.groupBy(coded, ({ code }) => code);
    const several = [...groups].filter(([, of]) => new Set(of.map((one) => JSON.stringify(one))).size > 1);
    expect(several).toEqual([]);
  });

  it('is explained in docs/logs.md, by code and level', () => {
    const page = readHouse().find(({ path }) => path === 'docs/logs.md')?.text ?? '';
    const rows = [...page.matchAll(/^\| `([\w.]+)` \| (\w+) \| [^|]{10,} \|$/gmu)].map(
      ([, code, level]) => `${code} ${level}`,
    );
    const logged = new Set(coded.map(({ code, level }) => `${code} ${level}`));
    expect(rows.toSorted(compareText)).toEqual([...logged].toSorted(compareText));
  });

  it('is the golden one', async () => {
    expect(calls.length).toBeGreaterThan(50);
    const lines = calls.map(({ level, code, message }) => `${level} ${code} ${message}`);
    await golden('log-codes.txt', `${lines.toSorted(compareText).join('\n')}\n`);
  });

  it('is logged by calls of the known kinds alone', () => {
    const others = sources.flatMap(({ path, text }) =>
      [...text.matchAll(use)]
        .filter(([found]) => !/^log(?:\??\.(?:child|fatal|error|warn|info|debug|trace))\($/u.test(found))
        .map(([found]) => `${path}: ${found}`),
    );
    expect(others).toEqual([]);
  });

  it('is logged by nothing of another name', () => {
    const typed = sources.flatMap(({ text }) => [...text.matchAll(/(\w+)\??: (?:Pick<)?Logger\b/gu)]);
    expect(new Set(typed.map(([, name]) => name))).toEqual(new Set(['log']));
  });
});

describe('a call of the log', () => {
  it.each([
    ['a message', "log.warn('it is slow')", ["warn - 'it is slow'"]],
    ['a code', "log?.error({ code: 'a.b', err: say('x)', [1, 2]) }, 'no',\n)", ["error 'a.b' 'no'"]],
    [
      'a code by name, and a warning from elsewhere',
      "log.info({ code, user }, 'in'); log.warn({ code: warning.code }, warning.says)",
      ["info code 'in'", 'warn warning.code warning.says'],
    ],
    ['one of two messages', "log.warn(a.b ? 'one' : 'other')", ["warn - 'one'", "warn - 'other'"]],
  ])('is read with %s', (_what, text, lines) => {
    expect(logCallsIn(text).map(({ level, code, message }) => `${level} ${code} ${message}`)).toEqual(lines);
  });

  it('that says something else is not passed over', () => {
    expect(() => logCallsIn('log.info({ code }, message)')).toThrow('not understood');
  });
});
