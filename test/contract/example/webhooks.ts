import { z } from 'zod';
import type { Webhooks } from '../../../src/connector.ts';
import { BadRequest, UntrustedWebhook } from '../../../src/model/errors.ts';
import { sameSignature, sign, verifyFresh } from '../../../src/model/signature.ts';

export const exampleWindow = 300_000;

const delivery = z.object({ event: z.string(), type: z.string(), ticket: z.string(), at: z.string() });

export const exampleWebhooks: Webhooks = {
  proof: 'signature',
  verify({ headers, body }, secrets, now) {
    const signedAt = headers['x-signed-at'] ?? '';
    const proved = secrets.find(
      (secret) => secret !== '' && sameSignature(headers['x-signature'] ?? '', sign(secret, signedAt, body)),
    );
    if (proved === undefined) throw new UntrustedWebhook('signature_wrong');
    verifyFresh(new Date(signedAt), now, exampleWindow);
    return proved;
  },
  read(body) {
    const { event, type, ticket, at } = parse(body);
    if (type !== 'ticket') return { events: [], ignored: [type] };
    return {
      events: [{ kind: 'ticket.changed', objectId: ticket, happenedAt: new Date(at), key: event }],
      ignored: [],
    };
  },
};

function parse(body: Buffer): z.infer<typeof delivery> {
  try {
    return delivery.parse(JSON.parse(body.toString()));
  } catch {
    throw new BadRequest({ code: 'invalid_event', params: { kind: 'form' } });
  }
}
