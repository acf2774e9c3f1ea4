import type { CredentialSlot } from '../../src/connector.ts';
import { UpstreamRefused } from '../../src/model/errors.ts';
import { consentWithdrawn } from './failures.ts';
import { type Grant, type GrantRequest, savedGrant } from './grants.ts';

/** What opens one account. */
export type AccessToken = {
  current(): Promise<string>;
  /** The one that replaces a token that was just refused. Absent where there is never another one. */
  renew?(refused: string): Promise<string>;
};

/** Where an authorization puts its tokens. */
export const slot = 'authorization';

/** A token that an operator copied from HubSpot: it does not end. */
export function fixedToken(value: string): AccessToken {
  return { current: async () => value };
}

/**
 * The tokens that came about by consent. They live half an hour; after four fifths of it they are renewed, once across
 * all processes, and HubSpot may give another refresh token each time.
 *
 * @param request gives the tokens for a refresh token
 */
export function consentedToken({
  credentials,
  request,
  clock,
}: {
  credentials: CredentialSlot;
  request: (grant: GrantRequest) => Promise<Grant>;
  clock: () => Date;
}): AccessToken {
  let cached: string | undefined;

  async function replace(stale: string | undefined): Promise<string> {
    const refreshToken = readSaved(stale)?.refreshToken;
    if (refreshToken === undefined) {
      throw new UpstreamRefused(consentWithdrawn, { concerns: 'connection' });
    }
    cached = await credentials.renew(slot, stale, async () => {
      const { saved } = await request({ grant_type: 'refresh_token', refresh_token: refreshToken });
      return JSON.stringify(saved);
    });
    return savedGrant.parse(JSON.parse(cached)).accessToken;
  }

  return {
    async current() {
      cached ??= await credentials.read(slot);
      const saved = readSaved(cached);
      return saved && saved.renewAfter > clock() ? saved.accessToken : replace(cached);
    },
    async renew(refused) {
      const saved = readSaved(cached);
      return saved && saved.accessToken !== refused ? saved.accessToken : replace(cached);
    },
  };
}

function readSaved(cached: string | undefined) {
  if (cached === undefined) return undefined;
  try {
    return savedGrant.parse(JSON.parse(cached));
  } catch {
    return undefined;
  }
}
