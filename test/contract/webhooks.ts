import { expect } from 'vitest';
import type { Webhooks } from '../../src/connector.ts';
import { BadRequest, UntrustedWebhook } from '../../src/model/errors.ts';
import type { WebhooksHarness } from './harness.ts';
import type { Given, Question } from './question.ts';
import { now } from './tools.ts';

/** What is asked of a connector's `webhooks`. */
export function webhookQuestions(webhooks: Webhooks, harness: WebhooksHarness): Question[] {
  const { bodies, secret, otherSecret, deliver, window } = harness;
  const genuine = () => deliver(bodies.changed.body, secret, now);
  const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
  const refuses = async ({ failureOf }: Given, ...[request, secrets, when]: Parameters<Webhooks['verify']>) => {
    expect(await failureOf(() => webhooks.verify(request, secrets, when))).toBeInstanceOf(UntrustedWebhook);
  };
  const keysOf = (body: Buffer) => webhooks.read(body).events.map(({ key }) => key);

  const questions: Question[] = [
    {
      title: 'accepts a genuine delivery, and says which secret proved it',
      ask() {
        expect(webhooks.verify(genuine(), [secret], now)).toBe(secret);
        expect(webhooks.verify(genuine(), [secret, otherSecret], now)).toBe(secret);
        expect(webhooks.verify(genuine(), [otherSecret, secret], now)).toBe(secret);
      },
    },
    {
      title: 'refuses a delivery made with another secret',
      ask: (given) => refuses(given, deliver(bodies.changed.body, otherSecret, now), [secret], now),
    },
    {
      title: 'refuses everything while it has no secret',
      async ask(given) {
        await refuses(given, genuine(), [], now);
        await refuses(given, deliver(bodies.changed.body, '', now), [''], now);
      },
    },
    ...harness.proofHeaders.map((header) => ({
      title: `refuses a delivery whose ${header} is missing, empty or of another length`,
      async ask(given: Given) {
        const { headers, ...rest } = genuine();
        expect(headers[header], 'the header of a genuine delivery').toBeTypeOf('string');
        const without = { ...headers };
        delete without[header];
        await refuses(given, { ...rest, headers: without }, [secret], now);
        await refuses(given, { ...rest, headers: { ...headers, [header]: '' } }, [secret], now);
        await refuses(given, { ...rest, headers: { ...headers, [header]: `${headers[header]}0` } }, [secret], now);
      },
    })),
    {
      title: 'reads what changed, with a time and a key',
      ask() {
        const { events } = webhooks.read(bodies.changed.body);
        expect(bodies.changed.events.length).toBeGreaterThan(0);
        expect(events).toHaveLength(bodies.changed.events.length);
        expect(events).toMatchObject(bodies.changed.events);
        for (const event of events) {
          expect(event.happenedAt.getTime()).not.toBeNaN();
          expect(event.objectId).toMatch(/./u);
          expect(event.key).toMatch(/./u);
        }
      },
    },
    {
      title: 'gives one event the same key however often it is delivered',
      ask() {
        const first = keysOf(bodies.changed.body);
        expect(keysOf(bodies.changed.body)).toEqual(first);
        expect(keysOf(bodies.changedAgain)).toEqual(first);
      },
    },
    {
      title: 'gives different events different keys',
      ask() {
        const keys = [...keysOf(bodies.changed.body), ...keysOf(bodies.changedLater)];
        expect(keys.length).toBeGreaterThan(1);
        expect(new Set(keys).size).toBe(keys.length);
      },
    },
    {
      title: 'gives no notice of what does not concern us, and names it for the log',
      ask() {
        const { events, ignored } = webhooks.read(bodies.irrelevant);
        expect(events).toEqual([]);
        expect(ignored.length).toBeGreaterThan(0);
      },
    },
    {
      title: 'refuses a body that cannot be read',
      async ask({ failureOf }) {
        for (const body of ['', '{"half":', 'plain words', 'null', '7', '"word"']) {
          expect(await failureOf(() => webhooks.read(Buffer.from(body))), body).toBeInstanceOf(BadRequest);
        }
      },
    },
  ];

  // A secret that merely travels along proves neither what is in the body nor when it was sent.
  if (webhooks.proof === 'signature') {
    questions.push({
      title: 'refuses a delivery in which one byte was changed, wherever it is',
      async ask(given) {
        const { body, ...rest } = genuine();
        for (const position of [0, Math.floor(body.length / 2), body.length - 1]) {
          const tampered = Buffer.from(body);
          tampered.writeUInt8(tampered.readUInt8(position) ^ 1, position);
          await refuses(given, { ...rest, body: tampered }, [secret], now);
        }
        await refuses(given, { ...rest, body: Buffer.concat([body, Buffer.from(' ')]) }, [secret], now);
      },
    });
  }
  if (webhooks.proof === 'signature' && window !== undefined) {
    questions.push({
      title: `accepts what is up to ${window / 1000} s old or early, and refuses the rest`,
      async ask(given) {
        expect(window).toBeGreaterThanOrEqual(60_000);
        expect(window).toBeLessThanOrEqual(3_600_000);
        for (const direction of [-1, 1]) {
          expect(webhooks.verify(genuine(), [secret], at(direction * (window - 1000)))).toBe(secret);
          await refuses(given, genuine(), [secret], at(direction * (window + 1000)));
        }
      },
    });
  }
  return questions;
}
