import { createHmac } from 'node:crypto';
import type { World } from './world.ts';

/** A webhook as somebody sends it: with a vendor's secret in hand, or without. */
export type Sent = { body: string; secret: string; at?: Date; headers?: Record<string, string> };

export const hubspotSecret = ({ environment }: World) => environment.HUBSPOT_CLIENT_SECRET ?? '';

/** What Zendesk signs our webhook with, asked for at Zendesk as an admin would. */
export async function zendeskWebhook({ environment, zendesk }: World): Promise<{ url: string; secret: string }> {
  const { email, token } = zendesk.apiToken;
  const authorization = `Basic ${Buffer.from(`${email}/token:${token}`).toString('base64')}`;
  const ask = async (path: string) => {
    const response = await fetch(`${environment.ZENDESK_BASE_URL}/api/v2/${path}`, { headers: { authorization } });
    return (await response.json()) as {
      webhooks: readonly { id: string; endpoint: string }[];
      signing_secret: { secret: string };
    };
  };
  const [webhook] = (await ask('webhooks')).webhooks;
  if (!webhook) throw new Error('Zendesk has no webhook yet');
  return { url: webhook.endpoint, secret: (await ask(`webhooks/${webhook.id}/signing_secret`)).signing_secret.secret };
}

export function sendAsHubspot(
  { service }: World,
  { body, secret, at = new Date(), headers = {} }: Sent,
): Promise<Response> {
  const url = `${service.url}/webhooks/hubspot`;
  const timestamp = String(at.getTime());
  const signature = createHmac('sha256', secret).update(`POST${url}${body}${timestamp}`).digest('base64');
  return send(url, body, {
    'x-hubspot-signature-v3': signature,
    'x-hubspot-request-timestamp': timestamp,
    ...headers,
  });
}

export function sendAsZendesk(url: string, { body, secret, at = new Date(), headers = {} }: Sent): Promise<Response> {
  const timestamp = `${at.toISOString().slice(0, 19)}Z`;
  const signature = createHmac('sha256', secret).update(`${timestamp}${body}`).digest('base64');
  return send(url, body, {
    'x-zendesk-webhook-signature': signature,
    'x-zendesk-webhook-signature-timestamp': timestamp,
    ...headers,
  });
}

function send(url: string, body: string, headers: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
}

let eventId = 0;

/** HubSpot's word that a ticket moved to another stage. */
export function hubspotStageChange(ticket: string, portalId = 48_151_623) {
  return {
    eventId: ++eventId,
    subscriptionId: 1,
    portalId,
    appId: 1,
    occurredAt: Date.now(),
    subscriptionType: 'object.propertyChange',
    objectTypeId: '0-5',
    objectId: Number(ticket),
    propertyName: 'hs_pipeline_stage',
    propertyValue: '4',
    attemptNumber: 0,
  };
}

/** Zendesk's word that a ticket was solved. */
export function zendeskStatusChange(ticket: string, type = 'ticket.status_changed') {
  return {
    id: `event-${++eventId}`,
    account_id: 1,
    type: `zen:event-type:${type}`,
    subject: `zen:ticket:${ticket}`,
    time: new Date().toISOString(),
    zendesk_event_version: '2022-11-06',
    detail: { id: ticket },
    event: { current: 'SOLVED', previous: 'OPEN' },
  };
}
