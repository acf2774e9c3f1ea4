import type { Context } from '../../context.ts';
import { invalidField } from '../../model/errors.ts';
import type { Texts } from '../../model/locale.ts';
import { unknownLanguage } from './language.ts';

/** What is said in a language that a caller named. @throws RequestError when there is nothing */
export function textsIn({ texts }: Pick<Context, 'texts'>, language: string): Texts {
  const found = texts.get(language);
  if (found) return found;
  throw invalidField('language', unknownLanguage(language, [...texts.keys()].sort()));
}
