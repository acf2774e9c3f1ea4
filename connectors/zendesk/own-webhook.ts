import { z } from 'zod';
import type { CredentialSlot, Finding } from '../../src/connector.ts';
import { plainFinding } from '../../src/model/messages/finding.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import { oneWebhook, signingSecret, type Webhook, webhooks } from './account-schema.ts';
import type { ZendeskClient } from './client.ts';
import { say } from './messages.ts';
import { readAll } from './pages.ts';
import { blockedBy } from './user-fields.ts';
import { subscriptions } from './webhooks.ts';

const about = { kind: 'webhook' } as const;
const slot = 'webhook';

/** Since when a webhook is being made whose secret is not known yet; empty when none is. */
const pendingSlot = 'webhook-pending';

/** A process that died while it made one is no reason to wait for ever. */
const longestPending = 10 * minuteMs;

/** What stands in the slot: which webhook is ours, and what it signs with. */
const known = z.object({ id: z.string(), secret: z.string() });
type Known = z.infer<typeof known>;

/** The webhook that Zendesk calls us with: an event webhook, made and kept by us. */
export type OwnWebhook = {
  /** The secrets that it signs with; none before it has been made. */
  secrets(): Promise<readonly string[]>;
  /** Whether it may call us already while its secret is not known yet. */
  awaitsSecret(): Promise<boolean>;
  inspect(): Promise<Finding>;
  ensure(endpoint: string): Promise<Finding>;
  /** Deletes it, and forgets its secret; a stranger's that only looks like ours stays. */
  remove(): Promise<Finding>;
};

export function createOwnWebhook(client: ZendeskClient, credentials: CredentialSlot, clock: () => Date): OwnWebhook {
  async function readKnown(): Promise<Known | undefined> {
    const saved = await credentials.read(slot);
    return saved ? known.parse(JSON.parse(saved)) : undefined;
  }

  async function findOwn(endpoint?: string): Promise<Webhook | undefined> {
    const ours = await readKnown();
    const all = await readAll(client, { path: '/webhooks', answer: webhooks, concerns: 'request' });
    // Those that triggers call are another kind, which Zendesk cannot turn into ours.
    const candidates = all.filter(({ subscriptions }) => !subscriptions.includes('conditional_ticket_events'));
    return (
      candidates.find(({ id }) => id === ours?.id) ??
      // A database that was lost: the webhook is still there, under our address or in our name.
      candidates.find((webhook) => webhook.endpoint === endpoint) ??
      candidates.find(({ name }) => endpoint !== undefined && name === nameFor(endpoint))
    );
  }

  async function create(endpoint: string): Promise<Webhook> {
    return client.call({
      lane: 'write',
      method: 'POST',
      path: '/webhooks',
      body: {
        webhook: {
          name: nameFor(endpoint),
          status: 'active',
          endpoint,
          http_method: 'POST',
          request_format: 'json',
          subscriptions,
        },
      },
      answer: oneWebhook,
      concerns: 'request',
    });
  }

  async function repair(webhook: Webhook, endpoint: string): Promise<boolean> {
    const changes = differences(webhook, endpoint);
    if (Object.keys(changes).length === 0) return false;
    await client.call({
      lane: 'write',
      method: 'PATCH',
      path: pathOf(webhook),
      body: { webhook: changes },
      answer: z.unknown(),
      concerns: 'request',
    });
    return true;
  }

  /** Only ever read: asking for it with POST would make a new one and break every other reader of it. */
  async function saveSecret(webhook: Webhook): Promise<void> {
    const path = `${pathOf(webhook)}/signing_secret`;
    const secret = await client.call({ lane: 'read', method: 'GET', path, answer: signingSecret, concerns: 'request' });
    const current: Known = { id: webhook.id, secret };
    const saved = await readKnown();
    if (saved?.id !== current.id || saved.secret !== secret) await credentials.write(slot, JSON.stringify(current));
  }

  return {
    async secrets() {
      const ours = await readKnown();
      return ours ? [ours.secret] : [];
    },

    async awaitsSecret() {
      const since = new Date((await credentials.read(pendingSlot)) || Number.NaN).getTime();
      return clock().getTime() - since < longestPending;
    },

    async inspect() {
      try {
        const webhook = await findOwn();
        if (!webhook) return { about, state: 'missing', ...say({ code: 'zendesk.webhook_missing', params: {} }) };
        const parts = Object.keys(differences(webhook, webhook.endpoint));
        if (parts.length === 0) return plainFinding(about, 'fine');
        return { about, state: 'missing', ...say({ code: 'zendesk.webhook_differs', params: { parts } }) };
      } catch (failure) {
        return blockedBy(about, failure);
      }
    },

    async ensure(endpoint) {
      try {
        const standing = await findOwn(endpoint);
        const repaired = standing !== undefined && (await repair(standing, endpoint));
        // Zendesk calls it before it tells the secret, and does not come back after a refusal.
        const isNews = standing === undefined || standing.id !== (await readKnown())?.id;
        if (isNews) await credentials.write(pendingSlot, clock().toISOString());
        await saveSecret(standing ?? (await create(endpoint)));
        if (isNews) await credentials.write(pendingSlot, '');
        return plainFinding(about, standing === undefined ? 'created' : repaired ? 'repaired' : 'fine');
      } catch (failure) {
        return blockedBy(about, failure);
      }
    },

    async remove() {
      const ours = await readKnown();
      if (!ours) return { about, state: 'fine', ...say({ code: 'zendesk.webhook_unknown', params: {} }) };
      try {
        const call = { lane: 'write', method: 'DELETE', concerns: 'request' } as const;
        await client.find({ ...call, path: pathOf(ours), answer: z.unknown() });
        await credentials.write(slot, '');
        return { about, state: 'removed', ...say({ code: 'zendesk.webhook_removed', params: {} }) };
      } catch (failure) {
        return blockedBy(about, failure);
      }
    },
  };
}

/** What has to change; subscriptions that an admin has added stay. */
function differences(webhook: Webhook, endpoint: string) {
  const all = [...new Set([...webhook.subscriptions, ...subscriptions])];
  return {
    ...(webhook.endpoint === endpoint ? {} : { endpoint }),
    ...(webhook.status === 'active' ? {} : { status: 'active' }),
    ...(all.length === webhook.subscriptions.length ? {} : { subscriptions: all }),
  };
}

/** The host tells one installation's webhook from another's in the same account. */
function nameFor(endpoint: string): string {
  return `Scoreback (${new URL(endpoint).host})`;
}

function pathOf({ id }: Pick<Webhook, 'id'>): string {
  return `/webhooks/${encodeURIComponent(id)}`;
}
