const shortest = 32;
const fewestCharacters = 8;

/**
 * Whether nobody can guess a key offline by which we sign: 32 characters or more, of at least 8 different ones, and not
 * one short text over and over.
 */
export function isStrongKey(key: string): boolean {
  return key.length >= shortest && new Set(key).size >= fewestCharacters && !/^(.{1,16})\1+.{0,15}$/u.test(key);
}
