import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';

/**
 * What intake is measured against, as a program of its own: the least that anybody hearing HubSpot's webhooks with
 * Express has to do. It verifies the signature and keeps nothing.
 */
const [secret = ''] = process.argv.slice(2);
const freshness = 300_000;

const app = express().disable('x-powered-by').disable('etag');
const server = app.listen(0, '127.0.0.1', () => process.send?.(url()));

app.post('/webhooks/hubspot', express.raw({ type: () => true, limit: '1mb' }), (request, response) => {
  const timestamp = request.get('x-hubspot-request-timestamp') ?? '';
  const signed = createHmac('sha256', secret)
    .update(`POST${url()}${request.originalUrl}`)
    .update(request.body)
    .update(timestamp)
    .digest();
  const claimed = Buffer.from(request.get('x-hubspot-signature-v3') ?? '', 'base64');
  const genuine = claimed.length === signed.length && timingSafeEqual(claimed, signed);
  const fresh = Math.abs(Date.now() - Number(timestamp)) <= freshness;
  response.status(genuine && fresh ? 200 : 401).end();
});

function url(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
