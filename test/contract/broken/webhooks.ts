import type { ConnectorEvent, WebhookContent } from '../../../src/connector.ts';
import { exampleWebhooks } from '../example/webhooks.ts';
import type { Fault } from './fault.ts';

const inWebhooks = (change: Partial<typeof exampleWebhooks>) => ({ webhooks: { ...exampleWebhooks, ...change } });

function keyed(body: Buffer, keyOf: (event: ConnectorEvent) => string): WebhookContent {
  const { events, ignored } = exampleWebhooks.read(body);
  return { events: events.map((event) => ({ ...event, key: keyOf(event) })), ignored };
}

export const faultyWebhooks: readonly Fault[] = [
  {
    fault: 'accepts everything',
    foundBy: /^refuses a delivery made with another secret$/u,
    breaks: inWebhooks({ verify: (_request, [secret = '']) => secret }),
  },
  {
    fault: 'reports the wrong secret',
    foundBy: /^accepts a genuine delivery/u,
    breaks: inWebhooks({
      verify(request, secrets, now) {
        exampleWebhooks.verify(request, secrets, now);
        return secrets[0] ?? '';
      },
    }),
  },
  {
    fault: 'does not look at the time',
    foundBy: /^accepts what is up to/u,
    breaks: inWebhooks({
      verify: (request, secrets) =>
        exampleWebhooks.verify(request, secrets, new Date(request.headers['x-signed-at'] ?? '')),
    }),
  },
  {
    fault: 'signs what it has parsed',
    foundBy: /^refuses a delivery in which one byte was changed/u,
    breaks: inWebhooks({
      verify({ body, ...request }, secrets, now) {
        const reprinted = Buffer.from(body.toString().trim());
        return exampleWebhooks.verify({ ...request, body: reprinted }, secrets, now);
      },
    }),
  },
  {
    fault: 'makes a new key at every delivery',
    foundBy: /^gives one event the same key/u,
    breaks: inWebhooks({ read: (body) => keyed(body, () => crypto.randomUUID()) }),
  },
  {
    fault: 'takes the ticket for the event',
    foundBy: /^gives different events different keys$/u,
    breaks: inWebhooks({ read: (body) => keyed(body, ({ objectId }) => objectId) }),
  },
  {
    fault: 'dies of an unreadable body',
    foundBy: /^refuses a body that cannot be read$/u,
    breaks: inWebhooks({
      read: (body) => exampleWebhooks.read(Buffer.from(JSON.stringify(JSON.parse(body.toString())))),
    }),
  },
];
