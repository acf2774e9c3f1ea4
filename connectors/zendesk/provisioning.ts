import type { Finding, Inspection, Provisioning } from '../../src/connector.ts';
import type { AccountField, FieldProfile } from '../../src/model/account-fields.ts';
import { plainFinding } from '../../src/model/messages/finding.ts';
import type { ZendeskClient } from './client.ts';
import { removeFields } from './field-removal.ts';
import { say } from './messages.ts';
import type { OwnWebhook } from './own-webhook.ts';
import { accountName, usesApiToken, type ZendeskSettings } from './settings.ts';
import { blockedBy, type ExistingFields, ensureFields, inspectFields, readUserFields } from './user-fields.ts';

/** All API tokens end on this day; Zendesk has made no new ones since 27 October 2026. */
const endOfApiTokens = '2027-04-30T00:00:00.000Z';

const about = { kind: 'credentials' } as const;

export function createProvisioning(
  client: ZendeskClient,
  {
    webhook,
    fields,
    profile,
    settings,
  }: {
    webhook: OwnWebhook;
    fields: readonly AccountField[];
    profile: FieldProfile | undefined;
    settings: ZendeskSettings;
  },
): Provisioning {
  const credentials = credentialsFinding(settings);

  /** Reading the list of user fields is also what proves the credentials: it needs them and changes nothing. */
  async function inspected(judge: (existing: ExistingFields) => Promise<readonly Finding[]>): Promise<Inspection> {
    const before = client.vendorClock();
    try {
      const findings = await judge(await readUserFields(client));
      // Zendesk answers with no id of the account.
      return { account: accountName(settings), ...clockSince(before), findings: [credentials, ...findings] };
    } catch (failure) {
      return { ...clockSince(before), findings: [blockedBy(about, failure)] };
    }
  }

  /** What Zendesk's clock showed in this look; an older time would pass for a clock that is slow. */
  function clockSince(before: Date | undefined): Pick<Inspection, 'vendorClock'> {
    const now = client.vendorClock();
    return now && now !== before ? { vendorClock: now } : {};
  }

  return {
    check: () =>
      inspected(async (existing) => [...inspectFields({ fields, profile }, existing), await webhook.inspect()]),

    ensure: ({ webhookUrl, labels }) =>
      inspected(async (existing) => [
        ...(await ensureFields(client, { fields, profile, labels }, existing)),
        webhookUrl === undefined ? await webhook.inspect() : await webhook.ensure(webhookUrl),
      ]),

    async remove(requests) {
      try {
        const removed = requests.fields ? await removeFields(client, fields, await readUserFields(client)) : [];
        return [...removed, await webhook.remove()];
      } catch (failure) {
        // Without credentials there is nothing left that could be taken away from here.
        return [blockedBy(about, failure)];
      }
    },
  };
}

function credentialsFinding(settings: ZendeskSettings): Finding {
  if (!usesApiToken(settings)) return plainFinding(about, 'fine');
  const params = { on: endOfApiTokens, settings: ['ZENDESK_CLIENT_ID', 'ZENDESK_CLIENT_SECRET'] };
  return { about, state: 'fine', ...say({ code: 'zendesk.api_token_ends', params }) };
}
