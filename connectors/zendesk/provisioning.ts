import type { Finding, Inspection, Provisioning } from '../../src/connector.ts';
import type { ZendeskClient } from './client.ts';
import type { OwnWebhook } from './own-webhook.ts';
import { blockedBy, type ExistingFields, ensureFields, inspectFields, readUserFields } from './user-fields.ts';

const credentials: Finding = { subject: 'credentials', state: 'fine' };

/**
 * @param account what tells this account from others; Zendesk answers with no id of it
 */
export function createProvisioning(client: ZendeskClient, webhook: OwnWebhook, account: string): Provisioning {
  /** Reading the list of user fields is also what proves the credentials: it needs them and changes nothing. */
  async function inspected(look: (existing: ExistingFields) => Promise<readonly Finding[]>): Promise<Inspection> {
    try {
      return { account, findings: [credentials, ...(await look(await readUserFields(client)))] };
    } catch (failure) {
      return { findings: [{ ...credentials, ...blockedBy(failure) }] };
    }
  }

  return {
    check: () => inspected(async (existing) => [...inspectFields(existing), await webhook.inspect()]),
    ensure: ({ webhookUrl }) =>
      inspected(async (existing) => [
        ...(await ensureFields(client, existing)),
        webhookUrl === undefined ? await webhook.inspect() : await webhook.ensure(webhookUrl),
      ]),
  };
}
