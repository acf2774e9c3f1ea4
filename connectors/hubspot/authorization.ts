import type { Authorization, ConnectionTools } from '../../src/connector.ts';
import { UpstreamBusy } from '../../src/model/errors.ts';
import { account } from './account-schema.ts';
import { createTransport, paths, type Transport } from './client.ts';
import { requestGrant } from './grants.ts';
import { say } from './messages.ts';
import { optionalScopes, requiredScopes } from './scopes.ts';
import { type HubspotSettings, readApplication } from './settings.ts';

/**
 * OAuth by authorization code; many accounts share one application:
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/oauth/oauth-quickstart-guide
 *
 * @returns nothing where the settings hold no application
 */
export function createAuthorization(
  keys: HubspotSettings,
  { clock, send }: Pick<ConnectionTools, 'clock' | 'send'>,
): Authorization | undefined {
  const application = readApplication(keys);
  if (!application) return undefined;
  const { HUBSPOT_API_BASE_URL: baseUrl } = keys;
  const transport = createTransport({ baseUrl, send });

  return {
    url({ redirectUrl, state }) {
      const parameters = {
        client_id: application.id,
        redirect_uri: redirectUrl,
        scope: requiredScopes.join(' '),
        optional_scope: optionalScopes.join(' '),
        state,
      };
      // HubSpot reads `+` in a query as itself in some places: a space is %20.
      const query = new URLSearchParams(parameters).toString().replaceAll('+', '%20');
      return `${consentAddress(baseUrl)}?${query}`;
    },

    async exchange({ code, redirectUrl }) {
      const request = { grant_type: 'authorization_code', code, redirect_uri: redirectUrl } as const;
      const { saved, account } = await requestGrant(transport, application, request, clock);
      return {
        account: account ?? (await findAccount(transport, saved.accessToken)),
        credentials: JSON.stringify(saved),
      };
    },
  };
}

/** People consent at another host than the API's. A stand-in for HubSpot answers for both. */
function consentAddress(baseUrl: string): string {
  const { hostname } = new URL(baseUrl);
  return hostname === 'hubapi.com' || hostname.endsWith('.hubapi.com')
    ? 'https://app.hubspot.com/oauth/authorize'
    : `${baseUrl}/oauth/authorize`;
}

async function findAccount(transport: Transport, token: string): Promise<string> {
  const { status, body } = await transport({ method: 'GET', path: paths.account, token });
  const read = account.safeParse(body);
  if (status === 200 && read.success) return read.data.id;
  throw new UpstreamBusy(say({ code: 'hubspot.account_untold', params: { status } }));
}
