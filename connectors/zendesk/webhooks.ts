import { z } from 'zod';
import type { ConnectorEvent, WebhookContent, WebhookRequest, Webhooks } from '../../src/connector.ts';
import { BadRequest, UntrustedWebhook } from '../../src/model/errors.ts';
import { sameSignature, sign, verifyFresh } from '../../src/model/signature.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import { readAs, readJson } from '../../src/model/verified-body.ts';

/**
 * Zendesk signs "Test webhook" deliveries with this public secret (it spells "this_secret_is_for_testing_only"). It
 * proves nothing and is refused even where somebody has configured it.
 * https://developer.zendesk.com/documentation/webhooks/verifying/
 */
const publicTestSecret = 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==';

/**
 * Zendesk names no window and does not say whether a retry keeps the first attempt's time. A quarter of an hour lets
 * every retry through (five time-outs of 12 s with their waits) and leaves a replay little time; it can only make us
 * look again anyway, since the event's id is known by then.
 */
const window = 15 * minuteMs;

/**
 * What the events mean for us. None tells that a user was deleted permanently: they are looked at among the deleted
 * ones. https://developer.zendesk.com/api-reference/webhooks/event-types/webhook-event-types/
 */
const kinds: ReadonlyMap<string, ConnectorEvent['kind']> = new Map([
  ['ticket.created', 'ticket.changed'],
  ['ticket.status_changed', 'ticket.changed'],
  ['ticket.custom_status_changed', 'ticket.changed'],
  ['ticket.requester_changed', 'ticket.changed'],
  ['ticket.undeleted', 'ticket.changed'],
  ['ticket.merged', 'ticket.merged'],
  ['ticket.marked_as_spam', 'ticket.deleted'],
  ['ticket.soft_deleted', 'ticket.deleted'],
  ['ticket.permanently_deleted', 'ticket.deleted'],
  ['user.merged', 'contact.merged'],
  ['user.deleted', 'contact.deleted'],
  ['user.active_changed', 'contact.restored'],
  ['user.custom_field_changed', 'contact.changed'],
  ['user.identity_created', 'contact.changed'],
  ['user.identity_changed', 'contact.changed'],
  ['user.identity_deleted', 'contact.changed'],
  ['user.suspended_changed', 'contact.changed'],
  ['user.role_changed', 'contact.changed'],
]);

/** What `ensure` subscribes to: all that other people's acts can do to a survey, nothing that our own writes cause. */
export const subscriptions = [
  'ticket.status_changed',
  'ticket.requester_changed',
  'ticket.merged',
  'ticket.soft_deleted',
  'ticket.permanently_deleted',
  'ticket.undeleted',
  'user.merged',
  'user.deleted',
  'user.active_changed',
].map((type) => `zen:event-type:${type}`);

const id = z.union([z.string().min(1), z.number()]).transform(String);
const envelope = z.looseObject({
  type: z.string().transform((type) => type.replace(/^zen:event-type[:/]/u, '')),
});
const rawEvent = z
  .object({
    id,
    time: z.iso.datetime({ offset: true }).transform((time) => new Date(time)),
    subject: z.string().nullish(),
    detail: z.object({ id: id.nullish() }).nullish(),
    event: z
      .object({
        current: z.unknown().optional(),
        previous: z.unknown().optional(),
        user: z.object({ id }).nullish().catch(undefined),
      })
      .nullish(),
  })
  .transform(({ id: key, time: happenedAt, subject, detail, event: change }) => ({
    key,
    happenedAt,
    objectId: detail?.id ?? /^zen:(?:ticket|user):(\d+)$/u.exec(subject ?? '')?.[1],
    // Statuses come in capitals, and are written in small letters everywhere else.
    current: String(change?.current ?? '').toLowerCase(),
    previous: String(change?.previous ?? '').toLowerCase(),
    otherUserId: change?.user?.id,
  }));
type RawEvent = z.infer<typeof rawEvent>;

const otherwise = { code: 'invalid_event', params: { kind: 'form' } } as const;

export const webhooks: Webhooks = {
  proof: 'signature',

  /** Base64 of HMAC-SHA256 over timestamp and body, one behind the other. */
  verify({ headers, body }: WebhookRequest, secrets: readonly string[], now: Date): string {
    const claimed = headers['x-zendesk-webhook-signature'];
    const signedAt = headers['x-zendesk-webhook-signature-timestamp'];
    if (!claimed || !signedAt) throw new UntrustedWebhook('signature_missing');
    verifyFresh(new Date(signedAt), now, window);
    const proving = secrets
      .filter((secret) => secret !== '' && secret !== publicTestSecret)
      .filter((secret) => sameSignature(claimed, sign(secret, signedAt, body)));
    if (proving[0] === undefined) throw new UntrustedWebhook('signature_wrong');
    return proving[0];
  },

  /** One event a delivery, by the documents; a list is read as well. */
  read(body: Buffer): WebhookContent {
    const events: ConnectorEvent[] = [];
    const ignored: string[] = [];
    const content = readJson(body);
    for (const sent of Array.isArray(content) ? content : [content]) {
      const { type } = readAs(envelope, sent, otherwise);
      const kind = kinds.get(type);
      const told = kind ? eventsOf(type, kind, readAs(rawEvent, sent, otherwise)) : [];
      events.push(...told);
      if (told.length === 0) ignored.push(type);
    }
    return { events, ignored };
  },
};

function eventsOf(type: string, kind: ConnectorEvent['kind'], rawEvent: RawEvent): readonly ConnectorEvent[] {
  const { objectId, happenedAt, key, current, previous, otherUserId } = rawEvent;
  // Zendesk closes solved tickets by itself, days later: the same resolution.
  if (type === 'ticket.status_changed' && previous === 'solved' && current === 'closed') return [];
  if (objectId === undefined) throw new BadRequest({ code: 'invalid_event', params: { kind: 'object' } });
  if (kind === 'contact.merged' && otherUserId !== undefined) return mergeEvents(rawEvent, objectId, otherUserId);
  // A user who stops being active has been deleted, though not for good.
  const deleted = type === 'user.active_changed' && current === 'false';
  return [{ kind: deleted ? 'contact.deleted' : kind, objectId, happenedAt, key }];
}

/**
 * The event names both users, and no document says which of them is left. Each is told as the other's loser: looking
 * shows which one is still there.
 */
function mergeEvents({ happenedAt, key }: RawEvent, one: string, other: string): readonly ConnectorEvent[] {
  return [
    { kind: 'contact.merged', objectId: one, intoId: other, happenedAt, key },
    { kind: 'contact.merged', objectId: other, intoId: one, happenedAt, key: `${key}:${other}` },
  ];
}
