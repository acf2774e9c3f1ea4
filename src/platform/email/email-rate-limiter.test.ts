import { expect, test } from 'vitest';
import { Bounced, EmailDelayed, EmailRefused } from './email-failures.ts';
import { createRate } from './email-rate.ts';
import { createEmailRateLimiter, RefusesAll } from './email-rate-limiter.ts';

const start = new Date('2026-11-22T10:00:00Z');
const busy = () =>
  new EmailDelayed(
    { code: 'email.unreachable', params: { cause: 'closed' } },
    { fault: 'server', reason: 'unreachable' },
  );
const throttled = () =>
  new EmailDelayed(
    { code: 'email.throttled', params: { status: '454 4.7.0' } },
    { fault: 'throttled', reason: 'throttled' },
  );
const senderRefused = (concerns: 'connection' | 'request') =>
  new EmailRefused(
    { code: 'email.sender_refused', params: { kind: 'usual', status: '550 5.1.8' } },
    { fault: 'sender', concerns, reason: 'sender_refused' },
  );
const bounce = (signature = 'unknown') =>
  new Bounced(
    { code: 'email.recipient_refused', params: { status: '550 5.1.1' } },
    { reason: 'mailbox_unknown', signature },
  );

/** A pace with a clock of its own, and what became of each email. */
function onClock() {
  let now = start.getTime();
  const rateLimiter = createEmailRateLimiter({ clock: () => new Date(now) });
  return {
    rateLimiter,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    send: (failure?: Error, { to = 'ann@a.example', from = 'feedback@acme.example' } = {}): Promise<unknown> =>
      rateLimiter
        .run(() => (failure ? Promise.reject(failure) : Promise.resolve('taken')), { id: to, to, from })
        .catch((thrown: Error) => thrown),
  };
}

test.each([
  ['is down', busy, 1],
  ['is throttled', throttled, 1],
  ['refuses the sender', () => senderRefused('connection'), 15],
] as const)(
  'tries a server that %s with one email at a time, ever more rarely, and never after more than a minute',
  async (_what, failure, first) => {
    const { rateLimiter, pass, send } = onClock();
    await send(failure());
    let tries = 0;
    for (let second = 0; second < 3600; second += 1) {
      pass(1);
      if (rateLimiter.room() === 0) continue;
      expect(rateLimiter.room()).toBe(1);
      tries += 1;
      await send(failure());
    }
    expect(tries).toBeGreaterThan(58);
    expect(tries).toBeLessThan(130);
    const { trouble } = rateLimiter.state();
    expect(trouble).toMatchObject({ since: start, failures: tries + 1 });
    expect((trouble?.nextTryAt.getTime() ?? 0) - start.getTime()).toBeLessThanOrEqual(3600_000 + 61_000);
    expect(first).toBeLessThanOrEqual(15);
    pass(60);
    expect(await send()).toBe('taken');
    expect(rateLimiter.state()).toEqual({ trouble: undefined, throttled: undefined });
    expect(rateLimiter.room()).toBe(Number.POSITIVE_INFINITY);
  },
);

test('keeps the others from the server while one email tries it', async () => {
  const { rateLimiter, pass, send } = onClock();
  await send(busy());
  expect(await send()).toMatchObject({ reason: 'waiting', retryAfter: 1000 });
  pass(1);
  const answer = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const probe = rateLimiter.run(() => {
    begun.resolve();
    return answer.promise;
  });
  await begun.promise;
  expect(rateLimiter.room()).toBe(0);
  expect(await send()).toMatchObject({ reason: 'waiting', concerns: 'connection' });
  answer.resolve();
  await probe;
  expect(await send()).toBe('taken');
});

test('takes an answer about one mailbox for none about the server', async () => {
  const { rateLimiter, send } = onClock();
  const full = new EmailDelayed(
    { code: 'email.mailbox_busy', params: { status: '452 4.2.2' } },
    { fault: 'mailbox', reason: 'mailbox_full' },
  );
  expect(await send(full)).toBe(full);
  expect(await send(bounce())).toBeInstanceOf(Bounced);
  expect(rateLimiter.state().trouble).toBeUndefined();
  expect(await send()).toBe('taken');
});

test("stops only the emails of a survey's own sender that is refused, and tries it again", async () => {
  const { rateLimiter, pass, send } = onClock();
  const from = 'survey@other.example';
  await send(senderRefused('request'), { from });
  expect(await send()).toBe('taken');
  expect(await send(undefined, { from })).toMatchObject({ reason: 'waiting', fault: 'sender', concerns: 'request' });
  expect(rateLimiter.state().trouble).toBeUndefined();
  pass(15);
  expect(await send(undefined, { from })).toBe('taken');
});

const recipients = ['ann@a.example', 'bob@b.example', 'cleo@c.example', 'dan@d.example'];

test('takes the same refusal of three recipients at two domains in a row for one of us', async () => {
  const { rateLimiter, pass, send } = onClock();
  const [ann = '', bob = '', cleo = '', dan = ''] = recipients;
  expect(await send(bounce(), { to: ann })).toBeInstanceOf(Bounced);
  expect(await send(bounce(), { to: bob })).toBeInstanceOf(Bounced);
  expect(rateLimiter.suspects(ann)).toBe(false);
  const third = await send(bounce(), { to: cleo });
  expect(third).toBeInstanceOf(RefusesAll);
  expect(third).toMatchObject({ others: [ann, bob], concerns: 'connection', fault: 'account' });
  expect(rateLimiter.suspects(ann)).toBe(true);
  expect(rateLimiter.state().trouble).toMatchObject({ kind: 'refused', why: { code: 'email.refuses_all' } });
  pass(60);
  expect(await send(bounce(), { to: dan })).toMatchObject({ others: [ann, bob, cleo] });

  // It takes emails again: those addresses are judged alone from now on.
  pass(60);
  expect(await send(undefined, { to: 'eve@e.example' })).toBe('taken');
  for (const to of recipients) expect(await send(bounce(), { to })).toBeInstanceOf(Bounced);
  expect(rateLimiter.state().trouble).toBeUndefined();
});

test.each([
  ['something was taken in between', [undefined]],
  ['another refusal came in between', [bounce('another')]],
] as const)('takes the same refusals for bounces when %s', async (_what, [between]) => {
  const { send } = onClock();
  const [ann = '', bob = '', cleo = ''] = recipients;
  for (const to of [ann, bob]) expect(await send(bounce(), { to })).toBeInstanceOf(Bounced);
  await send(between, { to: 'zoe@z.example' });
  expect(await send(bounce(), { to: cleo })).toBeInstanceOf(Bounced);
});

test('takes the same refusals at one domain, or of one recipient, for bounces', async () => {
  const { send } = onClock();
  for (const to of ['ann@a.example', 'bob@a.example', 'cleo@a.example', 'ann@a.example', 'ann@a.example']) {
    expect(await send(bounce(), { to })).toBeInstanceOf(Bounced);
  }
});

test('waits for a server that puts off every recipient in the same words', async () => {
  const { rateLimiter, send } = onClock();
  const later = () =>
    new EmailDelayed(
      { code: 'email.mailbox_busy', params: { status: '451 4.3.0' } },
      { fault: 'mailbox', reason: 'mailbox_busy', signature: 'lookup' },
    );
  for (const to of recipients.slice(0, 2)) expect(await send(later(), { to })).toMatchObject({ concerns: 'request' });
  expect(await send(later(), { to: recipients[2] ?? '' })).toMatchObject({ concerns: 'connection', fault: 'server' });
  expect(rateLimiter.state().trouble).toMatchObject({ kind: 'down' });
});

test('goes on where it stood before a restart', async () => {
  const { rateLimiter, send } = onClock();
  await send(throttled());
  const { rateLimiter: next, pass, send: sendNext } = onClock();
  next.restore(rateLimiter.state());
  expect(next.room()).toBe(0);
  expect(await sendNext()).toMatchObject({ reason: 'waiting', retryAfter: 1000 });
  pass(1);
  expect(await sendNext()).toBe('taken');
});

test.each([0.5, 1, 14, 40])('finds a rate of %d a second, loses none for it, and stays near', (allowed) => {
  let now = start.getTime();
  let minTime = 0;
  const apply = (milliseconds: number) => {
    minTime = milliseconds;
  };
  const rate = createRate({ clock: () => new Date(now), apply });
  let [taken, refused, tokens] = [0, 0, 1];
  const until = now + 600_000;
  while (now < until) {
    const step = Math.max(minTime, 5);
    now += step;
    tokens = Math.min(Math.max(1, allowed), tokens + (allowed * step) / 1000);
    if (tokens >= 1) {
      tokens -= 1;
      taken += 1;
      rate.accepted();
    } else {
      refused += 1;
      rate.throttled();
      now += 1000;
      tokens = Math.min(Math.max(1, allowed), tokens + allowed);
    }
  }
  expect(taken).toBeGreaterThan(allowed * 600 * 0.5);
  expect(refused).toBeLessThan(taken / 3);
  expect(rate.state()).toMatchObject({ since: expect.any(Date) });
});

test('sends as far apart as the server bears, one after another, and lets none wait for its turn while it takes none', async () => {
  let now = start.getTime();
  const turns: number[] = [];
  const waitUntil = async (at: Date) => {
    now = at.getTime();
    turns.push(now);
  };
  const rateLimiter = createEmailRateLimiter({ clock: () => new Date(now), waitUntil });
  const perSecond = 0.5;
  rateLimiter.restore({ trouble: undefined, throttled: { since: start, at: start, perSecond } });
  const send = (failure?: Error) =>
    rateLimiter.run(() => (failure ? Promise.reject(failure) : Promise.resolve('taken')));
  expect(await Promise.all([send(), send(), send()])).toEqual(['taken', 'taken', 'taken']);
  expect(turns).toHaveLength(2);
  expect((turns[1] ?? 0) - start.getTime()).toBeGreaterThan(3500);
  await send(throttled()).catch(() => {});
  const before = turns.length;
  expect(await send().catch((thrown: Error) => thrown)).toMatchObject({ reason: 'waiting' });
  expect(turns).toHaveLength(before);
});

test('gives back what waits for its turn when it is stopped, and says of what is under way what came of it', async () => {
  const rateLimiter = createEmailRateLimiter({ clock: () => start });
  const underway = Promise.withResolvers<never>();
  const begun = Promise.withResolvers<void>();
  rateLimiter.restore({ trouble: undefined, throttled: { since: start, at: start, perSecond: 0.1 } });
  const [first, second] = [
    rateLimiter.run(() => {
      begun.resolve();
      return underway.promise;
    }),
    rateLimiter.run(() => expect.fail('it should not be sent')),
  ].map((sending) => sending.catch((thrown: Error) => thrown));
  await begun.promise;
  rateLimiter.stop();
  expect(await second).toMatchObject({ reason: 'waiting', concerns: 'connection', outcome: 'not_done' });
  const bounced = bounce();
  underway.reject(bounced);
  expect(await first).toBe(bounced);
  expect(await rateLimiter.run(async () => 'sent').catch((thrown: Error) => thrown)).toMatchObject({
    reason: 'waiting',
  });
});

test('forgets a limit that is no longer met', () => {
  const now = start.getTime();
  const rate = createRate({ clock: () => new Date(now), apply: () => {} });
  rate.accepted();
  rate.throttled();
  expect(rate.within(10_000)).toBe(7);
  for (let email = 0; email < 2000; email += 1) rate.accepted();
  expect(rate.within(10_000)).toBe(Number.POSITIVE_INFINITY);
  expect(rate.state()).toBeUndefined();
});
