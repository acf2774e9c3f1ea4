import { createHmac, timingSafeEqual } from 'node:crypto';

export type LinkPurpose = 'survey' | 'unsubscribe' | 'hidden';

/** The addresses that stand in mail. */
export type Links = {
  /** @param rating the number that the link stands for; absent for the page itself */
  survey(invitationId: string, rating?: number): string;
  unsubscribe(invitationId: string): string;
  /** A link that no person sees: who opens it is a machine. */
  hidden(invitationId: string): string;
  /** The invitation that a token opens; nothing when it is not one of ours. */
  read(purpose: LinkPurpose, token: string): string | undefined;
};

/**
 * A token is an invitation's 128 random bits and an HMAC of them: nothing in the database alone opens a link, and a
 * reminder can carry the same one again.
 *
 * @param secretKeys the first signs, all verify
 */
export function createLinks(publicUrl: string, secretKeys: readonly [string, ...string[]]): Links {
  const mac = (secret: string, purpose: LinkPurpose, id: string) =>
    createHmac('sha256', secret).update(`scoreback ${purpose} link ${id}`).digest().subarray(0, 20);
  const token = (purpose: LinkPurpose, id: string) => `${id}.${mac(secretKeys[0], purpose, id).toString('base64url')}`;

  return {
    survey(id, rating) {
      const page = `${publicUrl}/s/${token('survey', id)}`;
      return rating === undefined ? page : `${page}?rating=${rating}`;
    },
    unsubscribe: (id) => `${publicUrl}/u/${token('unsubscribe', id)}`,
    hidden: (id) => `${publicUrl}/about/${token('hidden', id)}`,
    read(purpose, text) {
      const [, id, signature] = /^([\w-]{22})\.([\w-]{27})$/u.exec(text) ?? [];
      if (id === undefined || signature === undefined) return undefined;
      const claimed = Buffer.from(signature, 'base64url');
      // One byte sequence has several base64url spellings; only the canonical one is ours.
      if (claimed.toString('base64url') !== signature) return undefined;
      const proven = secretKeys.some((secret) => {
        const expected = mac(secret, purpose, id);
        return claimed.length === expected.length && timingSafeEqual(claimed, expected);
      });
      return proven ? id : undefined;
    },
  };
}
