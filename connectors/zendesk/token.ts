import { z } from 'zod';
import type { CredentialSlot } from '../../src/connector.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import { verifyAnswer } from './failures.ts';
import { say, system } from './messages.ts';
import type { Answer } from './transport.ts';

/** The OAuth access token of one connection. */
export type AccessToken = {
  current(): Promise<string>;
  /** The one that replaces a token that was just refused. */
  renew(refused: string): Promise<string>;
};

const slot = 'token';

/** What stands in the slot. Without `renewAfter` it lives until it is refused. */
const savedToken = z.object({ value: z.string(), renewAfter: z.coerce.date().optional() });

/** Clients made before 30 April 2026 get tokens that do not end: `expires_in` is null. */
const grantedToken = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().nullish() });

/**
 * The client_credentials grant: there is no refresh token, a new token is simply asked for. It acts as the user who
 * owns the client (https://developer.zendesk.com/api-reference/ticketing/oauth/grant_type_tokens/).
 *
 * Broad scopes, because user fields, job statuses and incremental exports belong to no narrower one.
 *
 * @param request posts this to Zendesk's token address
 */
export function createAccessToken({
  client,
  request,
  credentials,
  clock,
}: {
  client: { id: string; secret: string };
  request: (body: object) => Promise<Answer>;
  credentials: CredentialSlot;
  clock: () => Date;
}): AccessToken {
  let saved: string | undefined;

  async function grant(): Promise<string> {
    const answer = await request({
      grant_type: 'client_credentials',
      client_id: client.id,
      client_secret: client.secret,
      scope: 'read write',
    });
    verifyGranted(answer);
    const token = grantedToken.safeParse(answer.content);
    if (!token.success)
      throw new UpstreamBusy({ code: 'upstream.no_token', params: { system, status: answer.status } });
    const { access_token: value, expires_in: seconds } = token.data;
    const renewAfter = seconds ? new Date(clock().getTime() + seconds * 800) : undefined;
    return JSON.stringify({ value, renewAfter });
  }

  async function replace(stale: string | undefined): Promise<string> {
    saved = await credentials.renew(slot, stale, grant);
    return savedToken.parse(JSON.parse(saved)).value;
  }

  return {
    async current() {
      saved ??= await credentials.read(slot);
      const token = readSaved(saved);
      const fresh = token && (token.renewAfter === undefined || token.renewAfter > clock());
      return fresh ? token.value : replace(saved);
    },
    async renew(refused) {
      const token = readSaved(saved);
      return token && token.value !== refused ? token.value : replace(saved);
    },
  };
}

function readSaved(saved: string | undefined): z.infer<typeof savedToken> | undefined {
  if (saved === undefined) return undefined;
  try {
    return savedToken.parse(JSON.parse(saved));
  } catch {
    return undefined;
  }
}

/** Whatever Zendesk objects to in this request (400 invalid_scope, 401 invalid_client), the client is to blame. */
function verifyGranted(answer: Answer): void {
  const { status } = answer;
  if ([400, 401, 403, 404, 422].includes(status)) {
    const settings = ['ZENDESK_SUBDOMAIN', 'ZENDESK_CLIENT_ID', 'ZENDESK_CLIENT_SECRET'];
    const why = say({ code: 'zendesk.client_refused', params: { status, settings } });
    throw new UpstreamRefused(why, { concerns: 'connection' });
  }
  verifyAnswer(answer, { route: 'POST /oauth/tokens', writes: false, concerns: 'connection' });
}
