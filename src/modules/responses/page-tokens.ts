import { createTokenSignature } from '../../platform/hashes.ts';

/** What a page carries to prove that we rendered it, and for which opening of the link. */
export type PageTokens = {
  of(invitationId: string, opening: number): string;
  /** The opening that the page was rendered for; nothing when it is none of ours. */
  read(invitationId: string, token: string): number | undefined;
};

/** @param secretKeys the first signs, all verify */
export function createPageTokens(secretKeys: readonly [string, ...string[]]): PageTokens {
  const signature = createTokenSignature(secretKeys, 16);
  const signed = (invitationId: string, opening: number | string) => `page ${invitationId} ${opening}`;
  return {
    of: (invitationId, opening) => `${opening}.${signature.sign(signed(invitationId, opening))}`,
    read(invitationId, token) {
      const [, opening, claimed] = /^([1-9]\d{0,15})\.([\w-]{22})$/u.exec(token) ?? [];
      if (opening === undefined || claimed === undefined) return undefined;
      return signature.verify(claimed, signed(invitationId, opening)) ? Number(opening) : undefined;
    },
  };
}
