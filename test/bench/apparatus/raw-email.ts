import nodemailer from 'nodemailer';

/** So many emails, each the same bytes, to another address each. */
export type RawOrder = { from: string; sentEmail: string; emails: number };

/** How long it took, and what of a processor, in milliseconds. */
export type RawReport = { milliseconds: number; processor: number };

/**
 * What sending is measured against, as a program of its own: the pool of nodemailer, with its usual five connections,
 * sending bytes that are ready.
 */
const [url = ''] = process.argv.slice(2);
const transporter = nodemailer.createTransport({ url, pool: true });

/** As many emails as are handed to the pool and not yet sent. */
const atHand = 20;

let sent = 0;

process.on('message', async ({ from, sentEmail, emails }: RawOrder) => {
  const raw = Buffer.from(sentEmail, 'latin1');
  const last = sent + emails;
  const began = { at: performance.now(), processor: process.cpuUsage() };
  await Promise.all(
    Array.from({ length: atHand }, async () => {
      while (sent < last) {
        sent += 1;
        await transporter.sendMail({ envelope: { from, to: `raw-${sent}@example.com` }, raw });
      }
    }),
  );
  const { user, system } = process.cpuUsage(began.processor);
  const report: RawReport = { milliseconds: performance.now() - began.at, processor: (user + system) / 1000 };
  process.send?.(report);
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
