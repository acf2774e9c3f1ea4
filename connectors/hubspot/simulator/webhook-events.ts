import { randomInt } from 'node:crypto';
import { account, appId } from './account.ts';
import { objectTypeIds } from './object-type.ts';
import type { Change } from './records.ts';

/** An event as it stands in a delivery, without the number of the attempt. */
export type WebhookEvent = Readonly<Record<string, unknown>>;

/** What the app's project subscribes to, in the spelling with the number of the object type and in the older one. */
const subscriptions = [
  { id: 3_310_202, object: 'tickets', type: 'object.propertyChange', property: 'hs_pipeline_stage' },
  { id: 3_310_204, object: 'contacts', type: 'object.propertyChange', property: 'feedback_do_not_survey' },
  { id: 3_310_205, object: 'tickets', type: 'object.merge' },
  { id: 3_310_206, object: 'tickets', type: 'object.deletion' },
  { id: 3_310_207, object: 'tickets', type: 'object.restore' },
  { id: 3_310_208, object: 'contacts', type: 'object.merge' },
  { id: 3_310_209, object: 'contacts', type: 'object.deletion' },
  { id: 3_310_210, object: 'contacts', type: 'object.restore' },
  { id: 3_310_211, object: 'contacts', type: 'contact.privacyDeletion' },
] as const;

/** The events that this change makes for the app: none when it subscribes to no such thing. */
export function webhookEvents(change: Change): readonly WebhookEvent[] {
  const property = change.kind === 'propertyChange' ? change.property.name : undefined;
  return subscriptions
    .filter(
      (subscription) =>
        subscription.object === change.object &&
        subscription.type.split('.')[1] === change.kind &&
        ('property' in subscription ? subscription.property : undefined) === property,
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
      ...particulars(change),
      changeSource: change.source,
      sourceId: change.source === 'CRM_UI' ? 'userId:9104001' : String(appId),
    }));
}

/** What an event of this kind carries beside the rest. */
function particulars(change: Change): WebhookEvent {
  switch (change.kind) {
    case 'propertyChange':
      return { propertyName: change.property.name, propertyValue: change.property.value };
    case 'creation':
      return { changeFlag: 'NEW' };
    case 'deletion':
      return { changeFlag: 'DELETED' };
    case 'merge':
      return {
        primaryObjectId: Number(change.primaryId),
        mergedObjectIds: [Number(change.loserId)],
        newObjectId: Number(change.intoId),
        numberOfPropertiesMoved: change.moved,
      };
    default:
      return {};
  }
}
