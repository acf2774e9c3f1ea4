import type { Readable } from 'node:stream';
import nodemailer from 'nodemailer';
import { composeLetter } from './letter.ts';
import { smtpFailure } from './smtp-failure.ts';
import type { MailTransport } from './transport.ts';

/** Milliseconds. */
export type SmtpPatience = {
  /** Until the server is reached and has greeted. */
  connecting: number;
  /** For one letter from beginning to end; a server that trickles its replies is never silent. */
  sending: number;
  /** For letters on their way when it stops. */
  stopping: number;
};

const usualPatience: SmtpPatience = { connecting: 10_000, sending: 45_000, stopping: 8_000 };

/**
 * Mail by SMTP over a few connections that are kept open.
 *
 * @param url `smtp://` (with STARTTLS where the server offers it) or `smtps://`, with user and password if it wants them
 */
export function createSmtp(url: string, patience: Partial<SmtpPatience> = {}): MailTransport {
  const { connecting, sending, stopping } = { ...usualPatience, ...patience };
  const transporter = nodemailer.createTransport({
    url,
    pool: true,
    connectionTimeout: connecting,
    greetingTimeout: connecting,
    dnsTimeout: connecting,
    socketTimeout: sending,
    // The one repetition allowed is nodemailer's own after a server has hung up on an idle connection: nothing was sent.
    maxRequeues: 1,
  });
  const underway = new Set<Promise<unknown>>();
  const bodies = new Map<string, Readable>();

  transporter.use('stream', (mail, done) => {
    mail.message.processFunc((body: Readable) => {
      bodies.set(mail.message.messageId(), body);
      return body;
    });
    done();
  });

  async function deliver(mail: ReturnType<typeof composeLetter>, messageId: string): Promise<void> {
    try {
      await transporter.sendMail({ ...mail, signal: AbortSignal.timeout(sending) });
    } catch (error) {
      throw smtpFailure(error, { bodySent: bodies.get(messageId)?.readableEnded ?? false });
    } finally {
      bodies.delete(messageId);
    }
  }

  return {
    async send(letter) {
      const delivery = deliver(composeLetter(letter), letter.messageId);
      underway.add(delivery);
      await delivery.finally(() => underway.delete(delivery));
    },

    async verify() {
      try {
        await transporter.verify();
      } catch (error) {
        throw smtpFailure(error, { bodySent: false });
      }
    },

    async stop() {
      transporter.close();
      const force = setTimeout(() => transporter.close({ force: true }), stopping);
      await Promise.allSettled(underway);
      clearTimeout(force);
    },
  };
}
