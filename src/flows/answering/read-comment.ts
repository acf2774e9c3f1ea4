import { cleanComment, longestComment } from '../../domain/response.ts';
import { InvalidInput } from '../../errors.ts';

/** A comment as it is kept; null where nothing is left of it. @throws InvalidInput when it is too long */
export function readComment(text: string): string | null {
  const comment = cleanComment(text);
  if (comment === null || [...comment].length <= longestComment) return comment;
  throw new InvalidInput(`the comment is longer than ${longestComment} characters`, {
    problems: [{ field: 'comment', problem: `must be at most ${longestComment} characters` }],
  });
}
