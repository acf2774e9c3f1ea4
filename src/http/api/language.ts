import type { Texts } from '../../domain/locale.ts';
import { InvalidInput } from '../../errors.ts';
import type { Context } from '../../flows/context.ts';

/** What is said in a language that a caller named. @throws InvalidInput when there is nothing */
export function textsIn({ texts }: Pick<Context, 'texts'>, language: string): Texts {
  const found = texts.get(language);
  if (found) return found;
  const problem = `there are no texts in "${language}"; choose from ${[...texts.keys()].sort().join(', ')}`;
  throw new InvalidInput('there is no such language', { problems: [{ field: 'language', problem }] });
}
