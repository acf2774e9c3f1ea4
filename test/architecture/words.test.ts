import { expect, it } from 'vitest';
import { listReplacedWords } from './words.ts';

const found = (path: string, text = '') => listReplacedWords([{ path, text }]);

it.each([
  ['an identifier', 'src/a.ts', 'export const lastNoticeAt = 1;'],
  ['a code', 'src/a.ts', "const code = 'records_parked';"],
  ['a column', 'src/a.ts', "text('sealed')"],
  ['a file', 'src/modules/events/notices.ts', ''],
  ['a name between two strings', 'src/a.ts', "say('one thing', person, 'another thing');"],
])('finds a replaced word in %s', (_where, path, text) => {
  expect(found(path, text)).toHaveLength(1);
});

it.each([
  ['a sentence', "const title = 'lower case letters and digits';"],
  ['a comment', '/** A notice of the vendor. */\n// at that moment\nconst a = 1;'],
  ['a file that is imported', "import { a } from './notices.ts';\nawait import('./notices.ts');"],
  ['a longer word', 'const noticeable = momentum;'],
  ['what is not ours', "const style = { letterSpacing: 0 }; const other = 'favourite_colour';"],
])('leaves %s alone', (_what, text) => {
  expect(found('src/a.ts', text)).toEqual([]);
});
