import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a page carries to prove that we rendered it, and for which opening of the link. */
export type PageTokens = {
  of(invitationId: string, opening: number): string;
  /** The opening that the page was rendered for; nothing when it is none of ours. */
  read(invitationId: string, token: string): number | undefined;
};

/** @param secretKeys the first signs, all verify */
export function createPageTokens(secretKeys: readonly [string, ...string[]]): PageTokens {
  const mac = (secret: string, invitationId: string, opening: string) =>
    createHmac('sha256', secret).update(`scoreback page ${invitationId} ${opening}`).digest().subarray(0, 16);
  return {
    of: (invitationId, opening) =>
      `${opening}.${mac(secretKeys[0], invitationId, String(opening)).toString('base64url')}`,
    read(invitationId, token) {
      const [, opening, signature] = /^([1-9]\d{0,15})\.([\w-]{22})$/u.exec(token) ?? [];
      if (opening === undefined || signature === undefined) return undefined;
      const claimed = Buffer.from(signature, 'base64url');
      const proven = secretKeys.some((secret) => timingSafeEqual(claimed, mac(secret, invitationId, opening)));
      return proven ? Number(opening) : undefined;
    },
  };
}
