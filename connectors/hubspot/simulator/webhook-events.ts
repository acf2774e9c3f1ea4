import { randomInt } from 'node:crypto';
import { account, appId } from './account.ts';
import { objectTypeIds } from './object-type.ts';
import type { Change } from './records.ts';

/** An event as it stands in a delivery, without the number of the attempt. */
export type WebhookEvent = Readonly<Record<string, unknown>>;

/**
 * What the app's project subscribes to, in both spellings that HubSpot has: `object.*` with the number of the object
 * type, and the older one with its name.
 */
const subscriptions = [
  { id: 3_310_201, object: 'tickets', type: 'object.creation' },
  { id: 3_310_202, object: 'tickets', type: 'object.propertyChange', property: 'hs_pipeline_stage' },
  { id: 3_310_203, object: 'contacts', type: 'contact.propertyChange', property: 'email' },
  { id: 3_310_204, object: 'contacts', type: 'contact.propertyChange', property: 'feedback_do_not_survey' },
] as const;

/** The events that this change makes for the app: none when it subscribes to no such thing. */
export function eventsOf(change: Change): readonly WebhookEvent[] {
  return subscriptions
    .filter(
      (subscription) =>
        subscription.object === change.object &&
        ('property' in subscription ? subscription.property : undefined) === change.property?.name,
    )
    .map(({ id, type }) => ({
      eventId: randomInt(2 ** 32),
      subscriptionId: id,
      portalId: account.portalId,
      appId,
      occurredAt: change.at.getTime(),
      subscriptionType: type,
      objectId: Number(change.id),
      ...(type.startsWith('object.') ? { objectTypeId: objectTypeIds[change.object], isSensitive: false } : {}),
      ...(change.property
        ? { propertyName: change.property.name, propertyValue: change.property.value }
        : { changeFlag: 'NEW' }),
      changeSource: change.source,
      sourceId: change.source === 'CRM_UI' ? 'userId:9104001' : String(appId),
    }));
}
