import { invalidField } from '../../model/errors.ts';
import { cleanComment, longestComment } from '../../model/response.ts';

/** A comment as it is kept; null where nothing is left of it. @throws RequestError when it is too long */
export function readComment(text: string): string | null {
  const comment = cleanComment(text);
  if (comment === null || [...comment].length <= longestComment) return comment;
  throw invalidField('comment', { code: 'field.too_long', params: { max: longestComment } });
}
