import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ConnectorEvent, WebhookContent, WebhookRequest, Webhooks } from '../../src/connector.ts';
import { BadRequest, UntrustedWebhook } from '../../src/model/errors.ts';
import { sameSignature, sign, verifyFresh } from '../../src/model/signature.ts';
import { type WebhookEvent, webhookEvent } from './event-schema.ts';

/** Made once: making a schema costs more than reading with it, and every delivery is read. */
const webhookBody = z.array(z.unknown());

/** Milliseconds. HubSpot's own rule. */
const freshness = 300_000;

/** The only escapes that HubSpot undoes in the address before it signs. */
const undone = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/giu;

export const webhooks: Webhooks = { proof: 'signature', verify, read };

/**
 * Version 3 alone: https://developers.hubspot.com/docs/guides/apps/authentication/validating-requests
 *
 * Versions 1 and 2 carry no time, so that whoever caught one delivery could repeat it for ever: they are refused.
 */
function verify({ method, url, headers, body }: WebhookRequest, secrets: readonly string[], now: Date): string {
  const claimed = headers['x-hubspot-signature-v3'];
  const timestamp = headers['x-hubspot-request-timestamp'];
  if (claimed === undefined) throw new UntrustedWebhook('signature_missing');
  if (timestamp === undefined) throw new UntrustedWebhook('time_unreadable');
  verifyFresh(new Date(/^\d+$/u.test(timestamp) ? Number(timestamp) : Number.NaN), now, freshness);

  const address = url.replace(undone, (octet) => decodeURIComponent(octet));
  const proven = secrets.find(
    (secret) => secret !== '' && sameSignature(claimed, sign(secret, method, address, body, timestamp)),
  );
  if (proven === undefined) throw new UntrustedWebhook('signature_wrong');
  return proven;
}

function read(body: Buffer): WebhookContent {
  const rawEvents = webhookBody.safeParse(readJson(body));
  if (!rawEvents.success) throw new BadRequest({ code: 'invalid_event', params: { kind: 'form' } });
  const events: ConnectorEvent[] = [];
  const ignored: string[] = [];
  for (const raw of rawEvents.data) {
    const rawEvent = webhookEvent.parse(raw);
    const told = eventsOf(rawEvent);
    events.push(...told);
    if (told.length === 0) ignored.push(rawEvent.type);
  }
  return { events, ignored };
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A ticket's properties that resolving and reopening move. */
const tellingProperties = new Set(['hs_pipeline', 'hs_pipeline_stage', 'closed_date']);

function eventsOf(rawEvent: WebhookEvent): ConnectorEvent[] {
  const { noun, verb, objectId, property } = rawEvent;
  if (noun === undefined) return [];
  if (verb === 'merge') return mergeEvents(noun, rawEvent);
  if (objectId === undefined) return [];
  if (noun === 'ticket' && property !== undefined && !tellingProperties.has(property)) return [];
  const kind = kindOf(noun, verb);
  return kind === undefined ? [] : [event(rawEvent, kind, objectId)];
}

function kindOf(noun: 'ticket' | 'contact', verb: string): ConnectorEvent['kind'] | undefined {
  switch (verb) {
    case 'creation':
    case 'propertyChange':
      return `${noun}.changed`;
    case 'deletion':
      return `${noun}.deleted`;
    case 'restore':
      return noun === 'contact' ? 'contact.restored' : 'ticket.changed';
    case 'privacyDeletion':
      return noun === 'contact' ? 'contact.erased' : undefined;
    default:
      return undefined;
  }
}

/** One event for each record that lost. A merge may leave the winner with a new id: then the former winner lost too. */
function mergeEvents(noun: 'ticket' | 'contact', rawEvent: WebhookEvent): ConnectorEvent[] {
  const { primaryId, newId, mergedIds, objectId } = rawEvent;
  const intoId = newId ?? primaryId;
  if (intoId === undefined) return objectId === undefined ? [] : [event(rawEvent, `${noun}.changed`, objectId)];
  const losers = new Set([...mergedIds, ...[primaryId, objectId].filter((id) => id !== undefined)]);
  losers.delete(intoId);
  return [...losers].map((loser) => ({ ...event(rawEvent, `${noun}.merged`, loser), intoId }));
}

function event(rawEvent: WebhookEvent, kind: ConnectorEvent['kind'], objectId: string): ConnectorEvent {
  return {
    kind,
    objectId,
    happenedAt: rawEvent.happenedAt,
    key: keyOf(rawEvent, objectId),
    ...(rawEvent.account === undefined ? {} : { account: rawEvent.account }),
  };
}

/** HubSpot does not promise that event ids are unique. The value may be somebody's name or address, hence the hash. */
function keyOf({ account, type, eventId, happenedAt, property, value }: WebhookEvent, objectId: string): string {
  const parts = [account, type, objectId, eventId, happenedAt.getTime(), property, value];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
