import type { CredentialSlot } from '../../src/connector.ts';
import { UpstreamRefused } from '../../src/model/errors.ts';
import { consentWithdrawn } from './failures.ts';
import { type Grant, type GrantRequest, keptGrant } from './grants.ts';

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
  let held: string | undefined;

  async function replace(stale: string | undefined): Promise<string> {
    const refreshToken = readKept(stale)?.refreshToken;
    if (refreshToken === undefined) {
      throw new UpstreamRefused(consentWithdrawn, { concerns: 'connection' });
    }
    held = await credentials.renew(slot, stale, async () => {
      const { kept } = await request({ grant_type: 'refresh_token', refresh_token: refreshToken });
      return JSON.stringify(kept);
    });
    return keptGrant.parse(JSON.parse(held)).accessToken;
  }

  return {
    async current() {
      held ??= await credentials.read(slot);
      const kept = readKept(held);
      return kept && kept.renewAfter > clock() ? kept.accessToken : replace(held);
    },
    async renew(refused) {
      const kept = readKept(held);
      return kept && kept.accessToken !== refused ? kept.accessToken : replace(held);
    },
  };
}

function readKept(held: string | undefined) {
  if (held === undefined) return undefined;
  try {
    return keptGrant.parse(JSON.parse(held));
  } catch {
    return undefined;
  }
}
