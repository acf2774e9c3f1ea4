import { createTokenSignature } from '../../platform/hashes.ts';

export type LinkPurpose = 'survey' | 'unsubscribe' | 'hidden';

/** The addresses that stand in emails. */
export type Links = {
  /** The survey page. */
  survey(invitationId: string): string;
  unsubscribe(invitationId: string): string;
  /** A link that no person sees: who opens it is a machine. */
  hidden(invitationId: string): string;
  /** The invitation that a token opens; nothing when it is not one of ours. */
  read(purpose: LinkPurpose, token: string): string | undefined;
};

/** The survey page with this number chosen. @param page as `survey` gives it */
export function withRating(page: string, rating: number): string {
  return `${page}?rating=${rating}`;
}

/**
 * A token is an invitation's 128 random bits and an HMAC of them: nothing in the database alone opens a link, and a
 * reminder can carry the same one again.
 *
 * @param secretKeys the first signs, all verify
 */
export function createLinks(publicUrl: string, secretKeys: readonly [string, ...string[]]): Links {
  const signature = createTokenSignature(secretKeys, 20);
  const signed = (purpose: LinkPurpose, id: string) => `${purpose} link ${id}`;
  const token = (purpose: LinkPurpose, id: string) => `${id}.${signature.sign(signed(purpose, id))}`;

  return {
    survey: (id) => `${publicUrl}/s/${token('survey', id)}`,
    unsubscribe: (id) => `${publicUrl}/u/${token('unsubscribe', id)}`,
    hidden: (id) => `${publicUrl}/about/${token('hidden', id)}`,
    read(purpose, text) {
      const [, id, claimed] = /^([\w-]{22})\.([\w-]{27})$/u.exec(text) ?? [];
      if (id === undefined || claimed === undefined) return undefined;
      return signature.verify(claimed, signed(purpose, id)) ? id : undefined;
    },
  };
}
