import { BadRequest } from '../../model/errors.ts';
import type { FieldMessage } from '../../model/messages/field-message.ts';
import frequent from './frequent-passwords.json' with { type: 'json' };

export const shortestPassword = 12;
export const longestPassword = 128;

/** So few different characters are no password, however long it is. */
const fewestCharacters = 5;

const frequentPasswords: ReadonlySet<string> = new Set(frequent.passwords);

type Weakness = Extract<FieldMessage, { code: 'field.weak_password' }>['params']['kind'];

/**
 * What makes a new password weak; nothing when it may be used. Length is checked where
 * the request is read.
 *
 * @param own what everybody knows about its owner: email, company
 */
export function weaknessOfPassword(
  password: string,
  own: readonly (string | null | undefined)[],
): Weakness | undefined {
  const lower = password.toLowerCase();
  if (new Set(lower).size < fewestCharacters) return 'few_characters';
  const forms = [lower, stemOf(lower), onceOf(lower), onceOf(stemOf(lower))];
  if (forms.some((form) => form === '' || frequentPasswords.has(form))) {
    return 'frequent';
  }
  const known = new Set(['scoreback', ...own.flatMap(namesIn)]);
  if (forms.some((form) => known.has(form))) return 'own';
  return undefined;
}

/** @throws RequestError when it may not be used; the parameters are those of `weaknessOfPassword` */
export function verifyPassword(password: string, own: readonly (string | null | undefined)[]): void {
  const kind = weaknessOfPassword(password, own);
  if (kind !== undefined) throw weakPassword('password', kind);
}

/** @param field which holds it */
export function weakPassword(field: string, kind: Weakness): BadRequest {
  const message = { code: 'field.weak_password', params: { kind } } as const;
  return new BadRequest({ code: 'weak_password', params: {} }, { problems: [{ field, message }] });
}

/** Without the digits and signs that people put around a word to make it pass. */
function stemOf(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

/** Of a text that repeats a shorter one, that shorter one. */
function onceOf(text: string): string {
  return /^(.+?)\1+$/u.exec(text)?.[1] ?? text;
}

function namesIn(own: string | null | undefined): readonly string[] {
  const whole = own?.trim().toLowerCase() ?? '';
  const [local = '', domain = ''] = whole.includes('@') ? whole.split('@') : [];
  const names = [whole, local, domain, domain.split('.')[0] ?? '', whole.replace(/[^\p{L}\p{N}]+/gu, '')];
  return names.flatMap((name) => [name, stemOf(name)]).filter((name) => name.length > 2);
}
