import type { Texts } from '../../domain/locale.ts';
import { unknownLanguage } from '../../domain/survey/language.ts';
import { invalidField } from '../../errors.ts';
import type { Context } from '../../flows/context.ts';

/** What is said in a language that a caller named. @throws RequestError when there is nothing */
export function textsIn({ texts }: Pick<Context, 'texts'>, language: string): Texts {
  const found = texts.get(language);
  if (found) return found;
  throw invalidField('language', unknownLanguage(language, [...texts.keys()].sort()));
}
