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

describe('what is logged', () => {
  it('is the golden one', async () => {
    const found = sources.flatMap((file) => logCallsIn(file.text));
    expect(found.length).toBeGreaterThan(50);
    const lines = found.map(({ level, code, message }) => `${level} ${code} ${message}`);
    await golden('log-codes.txt', `${lines.toSorted(compareText).join('\n')}\n`);
  });

  it('is logged by calls of the known kinds alone', () => {
    const others = sources.flatMap(({ path, text }) =>
      [...text.matchAll(use)]
        .filter(([found]) => !/^log(?:\??\.(?:child|fatal|error|warn|info|debug|trace)|\[\w+\])\($/u.test(found))
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
    ['a code by name', "log.info({ code, user }, 'in')", ["info code 'in'"]],
    ['one of two messages', "log.warn(a.b ? 'one' : 'other')", ["warn - 'one'", "warn - 'other'"]],
    [
      'a message from a table',
      "const said: X = {\n  a: 'A',\n};\nlog[level]({ code: `x.y` }, said[code])",
      ["level `x.y` 'A'"],
    ],
  ])('is read with %s', (_what, text, lines) => {
    expect(logCallsIn(text).map(({ level, code, message }) => `${level} ${code} ${message}`)).toEqual(lines);
  });

  it('that says something else is not passed over', () => {
    expect(() => logCallsIn('log.info({ code }, message)')).toThrow('not understood');
  });
});
