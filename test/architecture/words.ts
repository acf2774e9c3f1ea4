import { type HouseFile, isCode } from '../house/files.ts';

/** Words that the glossary replaced, and what is said in their place: one concept has one name. */
export const replacedWords: Readonly<Record<string, string>> = {
  behind: 'outOfSync',
  colour: 'color',
  colours: 'colors',
  everybody: 'all',
  heard: 'received',
  hearing: 'event',
  hears: 'receives',
  held: 'locked, deferred or saved',
  headroom: 'rateLimit',
  intake: 'receivedEvent',
  journal: 'eventBuffer',
  letter: 'email',
  mails: 'emails',
  moment: 'timestamp',
  moments: 'timestamps',
  nobody: 'none',
  notice: 'event',
  notices: 'events',
  pace: 'rateLimiter',
  parked: 'failed',
  people: 'contacts',
  person: 'contact',
  persons: 'contacts',
  postbox: 'fakeEmailServer',
  retired: 'disconnected',
  seal: 'encrypt',
  sealed: 'encrypted',
  sealing: 'encryption',
  settle: 'finalize',
  settles: 'finalizes',
  somebody: 'contact',
  unseal: 'decrypt',
  wanted: 'requested',
  wish: 'request',
  wished: 'requested',
  wishes: 'requests',
  withheld: 'skipped',
};

/**
 * Names that are not ours, or are about something else: the letters of a word, a color that a test calls foreign, the
 * type of an owner in HubSpot.
 */
const allowed = new Set(['letterSpacing', 'letter-spacing', 'favourite_colour', 'PERSON']);

const itself = /^test\/architecture\/words\./u;

/** Uses of a replaced word in names and codes, one line each. What people read, and comments, are not looked at. */
export function listReplacedWords(files: readonly HouseFile[]): readonly string[] {
  return files
    .filter((file) => isCode(file) && !itself.test(file.path))
    .flatMap(({ path, text }) => {
      const names = [...new Set([path, ...namesIn(text)])];
      return names.flatMap((name) =>
        wordsIn(name)
          .filter((word) => Object.hasOwn(replacedWords, word))
          .map((word) => `${path}: ${name} says ${word}, which is called ${replacedWords[word]}`),
      );
    });
}

/** The files that these name are looked at themselves. */
const imports = /\b(?:from|import)\b\s*\(?'[^']*'/gu;

const comments = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/gu;

/** Strings with a space in them are for people; patterns are about the words of others. */
const strings = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/gu;

const patterns = /(?<=[=(,:\s])\/(?![/*])(?:[^/\\\n]|\\.)+\/[a-z]*/gu;

function namesIn(text: string): readonly string[] {
  const code = text
    .replaceAll(comments, ' ')
    .replaceAll(imports, ' ')
    .replaceAll(strings, (string) => (/^`|\s/u.test(string) ? ' ' : string))
    .replaceAll(patterns, ' ');
  return (code.match(/[A-Za-z][\w-]*/gu) ?? []).filter((name) => !allowed.has(name));
}

/** The words of `camelCase`, `snake_case` and `kebab-case` names and of paths, in small letters. */
function wordsIn(name: string): readonly string[] {
  return (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/gu) ?? []).map((word) => word.toLowerCase());
}
