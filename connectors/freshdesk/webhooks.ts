import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ConnectorEvent, WebhookContent, WebhookRequest, Webhooks } from '../../src/connector.ts';
import { UntrustedWebhook } from '../../src/model/errors.ts';
import { sameSignature } from '../../src/model/signature.ts';
import { readAs, readJson } from '../../src/model/verified-body.ts';

/** The custom header that the automation rule sends our secret in. */
const secretHeader = 'x-scoreback-secret';

/** The types that the README lets an admin write into a rule. */
const kinds: ReadonlyMap<string, ConnectorEvent['kind']> = new Map([
  ['ticket.changed', 'ticket.changed'],
  ['ticket.deleted', 'ticket.deleted'],
]);

export const webhooks: Webhooks = { proof: 'shared secret', verify, read };

/** Freshdesk signs nothing. The secret travels along, and proves neither when it was sent nor what stands in the body. */
function verify({ headers }: WebhookRequest, secrets: readonly string[]): string {
  const claimed = headers[secretHeader];
  if (!claimed) throw new UntrustedWebhook('signature_missing');
  const proven = secrets.find((secret) => secret !== '' && sameSignature(claimed, secret));
  if (proven === undefined) throw new UntrustedWebhook('signature_wrong');
  return proven;
}

const envelope = z.looseObject({ type: z.string() });

/** The body that the README lets an admin write into a rule; placeholders arrive as text. */
const rawEvent = z.object({
  ticket_id: z.union([z.string(), z.number()]).transform(String).pipe(z.string().regex(/^\d+$/u)),
  status: z.string().optional().catch(undefined),
  happened_at: z.string(),
});

const otherwise = { code: 'invalid_event', params: { kind: 'form' } } as const;

function read(body: Buffer): WebhookContent {
  const content = readJson(body);
  const { type } = readAs(envelope, content, otherwise);
  const kind = kinds.get(type);
  if (kind === undefined) return { events: [], ignored: [type] };
  const { ticket_id: objectId, status, happened_at: text } = readAs(rawEvent, content, otherwise);
  // A delivery has no id of its own. With the status, two changes within the smallest unit of the time stay apart.
  const key = createHash('sha256')
    .update(JSON.stringify([type, objectId, status, text]))
    .digest('base64url');
  return { events: [{ kind, objectId, happenedAt: readTimestamp(text), key }], ignored: [] };
}

/** Freshdesk does not document how the placeholder writes a time. Nothing rests on it, so that any form will do. */
function readTimestamp(text: string): Date {
  const timestamp = new Date(text);
  return Number.isNaN(timestamp.getTime()) ? new Date(0) : timestamp;
}
