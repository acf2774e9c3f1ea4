import { z } from 'zod';
import { id, word } from './shapes.ts';

const nouns: Readonly<Record<string, 'ticket' | 'contact'>> = {
  ticket: 'ticket',
  contact: 'contact',
  '0-5': 'ticket',
  '0-1': 'contact',
};

const optionalId = id.optional().catch(undefined);

/**
 * One event, in its classic form (`ticket.merge`) or in the one for all objects (`object.merge` with a type of object).
 * The wire says `subscriptionType` where some of HubSpot's pages say `eventType`.
 */
export const webhookEvent = z
  .object({
    subscriptionType: word,
    eventType: word,
    objectTypeId: word,
    portalId: optionalId,
    objectId: optionalId,
    eventId: optionalId,
    occurredAt: z.coerce.number().catch(0),
    propertyName: word,
    propertyValue: z.unknown().optional(),
    primaryObjectId: optionalId,
    newObjectId: optionalId,
    mergedObjectIds: z.array(id).catch([]),
  })
  .catch({ occurredAt: 0, mergedObjectIds: [] })
  .transform((rawEvent) => {
    const type = rawEvent.subscriptionType ?? rawEvent.eventType ?? 'unreadable';
    const [object = '', verb = ''] = type.split('.');
    return {
      type,
      noun: nouns[object === 'object' ? (rawEvent.objectTypeId ?? '') : object],
      verb,
      account: rawEvent.portalId,
      objectId: rawEvent.objectId,
      eventId: rawEvent.eventId,
      // Without a time it is as old as can be: nothing rests on it but the order of events.
      happenedAt: new Date(Number.isSafeInteger(rawEvent.occurredAt) ? rawEvent.occurredAt : 0),
      property: rawEvent.propertyName,
      value: rawEvent.propertyValue,
      primaryId: rawEvent.primaryObjectId,
      newId: rawEvent.newObjectId,
      mergedIds: rawEvent.mergedObjectIds,
    };
  });
export type WebhookEvent = z.infer<typeof webhookEvent>;
