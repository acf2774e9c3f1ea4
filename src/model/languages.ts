import { invalidField } from './errors.ts';
import type { Texts } from './locale.ts';
import type { FieldMessage } from './messages/field-message.ts';

/** The texts of a language that a caller named. @throws RequestError when there are none */
export function textsIn({ texts }: { texts: ReadonlyMap<string, Texts> }, language: string): Texts {
  const found = texts.get(language);
  if (found) return found;
  throw invalidField('language', unknownLanguage(language, [...texts.keys()].sort()));
}

/** @param languages those that there are texts in */
export function unknownLanguage(language: string, languages: readonly string[]): FieldMessage {
  return { code: 'field.unknown_language', params: { language, languages } };
}
