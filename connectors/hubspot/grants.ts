import { z } from 'zod';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import type { FailureMessage, VendorReply } from '../../src/model/messages/failure-message.ts';
import { granted, grantRefusal } from './account-schema.ts';
import { type Transport, tokenPath } from './client.ts';
import { consentWithdrawn, toFailure } from './failures.ts';
import { fault } from './fault.ts';
import { readRetryAfter } from './limits.ts';
import { say, system } from './messages.ts';
import type { Application } from './settings.ts';

export type GrantRequest =
  | { grant_type: 'authorization_code'; code: string; redirect_uri: string }
  | { grant_type: 'refresh_token'; refresh_token: string };

/** What is kept of a grant between two calls. */
export const savedGrant = z.object({ accessToken: z.string(), refreshToken: z.string(), renewAfter: z.coerce.date() });

export type Grant = {
  saved: z.input<typeof savedGrant>;
  /** Absent where HubSpot does not say whose tokens they are. */
  account: string | undefined;
};

/**
 * Tokens for a code or for a refresh token:
 * https://developers.hubspot.com/docs/api-reference/latest/authentication/manage-oauth-tokens
 *
 * @throws UpstreamRefused when HubSpot takes neither, UpstreamBusy
 */
export async function requestGrant(
  transport: Transport,
  application: Application,
  grant: GrantRequest,
  clock: () => Date,
): Promise<Grant> {
  const { status, headers, body } = await transport({
    method: 'POST',
    path: tokenPath,
    form: { ...grant, client_id: application.id, client_secret: application.secret },
  });
  const now = clock();
  if (status >= 200 && status < 300) {
    const { data } = granted.safeParse(body);
    const refreshToken = data?.refreshToken ?? ('refresh_token' in grant ? grant.refresh_token : undefined);
    if (!data || refreshToken === undefined) {
      throw new UpstreamBusy(say({ code: 'hubspot.tokens_missing', params: { status } }));
    }
    const { accessToken, seconds, account } = data;
    const saved = { accessToken, refreshToken, renewAfter: new Date(now.getTime() + seconds * 800) };
    return { saved, account };
  }
  if (status >= 400 && status < 500 && status !== 429 && status !== 423 && status !== 477) {
    throw refusalOf(status, grantRefusal.parse(body), grant);
  }
  const retryAfter = readRetryAfter(headers);
  const answer = { status, fault: fault.parse(body), retryAfter, writes: false };
  throw toFailure(answer, { now, timeZone: undefined, consented: true });
}

function refusalOf(status: number, told: readonly string[], { grant_type: type }: GrantRequest): UpstreamRefused {
  const said = told.join(' ');
  const params = { system, status, said };
  return new UpstreamRefused(whyRefused(said, type, params), { concerns: 'connection' });
}

function whyRefused(said: string, type: GrantRequest['grant_type'], params: VendorReply): FailureMessage {
  if (/client/iu.test(said) || !/grant|token|code/iu.test(said)) {
    const settings = ['HUBSPOT_CLIENT_ID', 'HUBSPOT_CLIENT_SECRET'];
    return say({ code: 'hubspot.application_refused', params: { ...params, settings } });
  }
  return type === 'refresh_token' ? consentWithdrawn : say({ code: 'hubspot.code_refused', params });
}
