import { createHmac } from 'node:crypto';
import { account, appId } from '../../../connectors/hubspot/simulator/account.ts';

export type Delivery = { url: string; headers: Readonly<Record<string, string>>; body: string };

/** What HubSpot sends about one event, signed in the third version of its signature. */
export function createDelivery(
  { eventId, ticket }: { eventId: number; ticket: string },
  { url, secret }: { url: string; secret: string },
): Delivery {
  const address = `${url}/webhooks/hubspot`;
  const now = Date.now();
  const body = JSON.stringify([
    {
      eventId,
      subscriptionId: 3_310_202,
      portalId: account.portalId,
      appId,
      occurredAt: now,
      subscriptionType: 'object.propertyChange',
      attemptNumber: 0,
      objectId: Number(ticket),
      objectTypeId: '0-5',
      propertyName: 'hs_pipeline_stage',
      propertyValue: '4',
      changeSource: 'CRM_UI',
      sourceId: 'userId:9104001',
      isSensitive: false,
    },
  ]);
  return {
    url: address,
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      'X-HubSpot-Signature-v3': createHmac('sha256', secret).update(`POST${address}${body}${now}`).digest('base64'),
      'X-HubSpot-Request-Timestamp': String(now),
    },
    body,
  };
}
