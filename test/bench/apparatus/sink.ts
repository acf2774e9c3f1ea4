import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** When the sink answers: once it has taken so many emails from this sender's side. */
export type SinkOrder = { from: string; emails: number };

/** `at` is milliseconds of the wall clock, when the last of the emails asked for was taken. */
export type SinkReport = { at: number; emails: number; addresses: number };

/** The email that this sender sent first, as it came. */
export type SinkSample = { sampleOf: string };

type Sender = { emails: number; addresses: Set<string>; first?: string };

/**
 * An email server as a program of its own: takes every email, keeps none, and counts emails and the addresses they are
 * for, by the sender's address.
 */
const senders = new Map<string, Sender>();
let waiting: SinkOrder | undefined;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  onData(stream, { envelope }, done) {
    const sender = senderOf(envelope.mailFrom === false ? '' : envelope.mailFrom.address);
    const chunks: Buffer[] = [];
    if (sender.first === undefined) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    else stream.resume();
    stream.once('end', () => {
      sender.first ??= Buffer.concat(chunks).toString('latin1');
      sender.emails += 1;
      for (const { address } of envelope.rcptTo) sender.addresses.add(address);
      done();
      answerWhenReached();
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () =>
  process.send?.(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`),
);

process.once('disconnect', () => process.exit());
process.on('message', (order: SinkOrder | SinkSample) => {
  if ('sampleOf' in order) process.send?.(senderOf(order.sampleOf).first);
  else waiting = order;
  answerWhenReached();
});

function answerWhenReached(): void {
  if (!waiting) return;
  const { emails, addresses } = senderOf(waiting.from);
  if (emails < waiting.emails) return;
  waiting = undefined;
  process.send?.({ at: Date.now(), emails, addresses: addresses.size } satisfies SinkReport);
}

function senderOf(address: string): Sender {
  const known = senders.get(address) ?? { emails: 0, addresses: new Set<string>() };
  senders.set(address, known);
  return known;
}
