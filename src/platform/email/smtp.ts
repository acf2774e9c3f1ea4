import type { Readable } from 'node:stream';
import type { SMTPPoolOptions } from 'nodemailer';
import { UpstreamRefused } from '../../model/errors.ts';
import type { SmtpConnect } from '../network/smtp-connect.ts';
import { openWhenUsed } from '../open-when-used.ts';
import { composeEmail, type Email, needsUtf8 } from './email.ts';
import { EmailRefused } from './email-failures.ts';
import { smtpFailure } from './smtp-failure.ts';
import type { SmtpServer } from './smtp-server.ts';
import type { EmailTransport } from './transport.ts';

/** Milliseconds. */
export type SmtpPatience = {
  /** Until the server is reached and has greeted. */
  connecting: number;
  /** For one email from beginning to end; a server that trickles its replies is never silent. */
  sending: number;
  /** For emails on their way when it stops. */
  stopping: number;
};

/** What this server's operator knows it by. */
export type SmtpSettings = {
  /** Whom emails are usually from: when the server refuses this sender, it refuses us. */
  sender?: string;
  /** Where its address is set. */
  setting?: string;
  /** Opens the connections to a server that somebody typed; those of the operator's are opened as they are. */
  connect?: SmtpConnect;
};

const usualPatience: SmtpPatience = { connecting: 10_000, sending: 45_000, stopping: 8_000 };

/**
 * Mail by SMTP over a few connections that are kept open.
 *
 * The library never sees a URL: from the query of one it would read any option of its own, a program to run among them.
 */
export function createSmtp(server: SmtpServer, options: Partial<SmtpPatience> & SmtpSettings = {}): EmailTransport {
  const { connecting, sending, stopping, sender, setting = 'SMTP_URL', connect } = { ...usualPatience, ...options };
  // Of every connection to this server, the pool's or not.
  const line: SMTPPoolOptions = {
    ...connectionTo(server),
    ...(connect ? { getSocket: openedBy(connect, server, connecting) } : {}),
    connectionTimeout: connecting,
    greetingTimeout: connecting,
    dnsTimeout: connecting,
    socketTimeout: sending,
  };
  const underway = new Set<Promise<unknown>>();
  const bodies = new Map<string, Readable>();
  const pool = openWhenUsed(
    () => openPool(line, bodies),
    (transporter) => transporter.close(),
  );

  async function deliver(email: Email): Promise<void> {
    const { messageId, to, from } = email;
    try {
      if ((needsUtf8(to.address) || needsUtf8(from.address)) && !(await takesUtf8(line))) throw utf8Missing();
      const transporter = await pool.get();
      await transporter.sendMail({ ...composeEmail(email), signal: AbortSignal.timeout(sending) });
    } catch (error) {
      if (error instanceof EmailRefused) throw error;
      const bodySent = bodies.get(messageId)?.readableEnded ?? false;
      const usualSender = email.from.address === sender;
      throw smtpFailure(error, { bodySent, usualSender, setting, recipient: to.address });
    } finally {
      bodies.delete(messageId);
    }
  }

  return {
    async send(email) {
      const delivery = deliver(email);
      underway.add(delivery);
      await delivery.finally(() => underway.delete(delivery));
    },

    async verify() {
      try {
        await (await pool.get()).verify();
      } catch (error) {
        throw smtpFailure(error, { bodySent: false, usualSender: true, setting, recipient: '' });
      }
    },

    async stop() {
      const transporter = await pool.close();
      if (!transporter) return;
      const force = setTimeout(() => transporter.close({ force: true }), stopping);
      await Promise.allSettled(underway);
      clearTimeout(force);
    },
  };
}

/**
 * The connections to this server, made and nodemailer loaded when something is first sent.
 *
 * @param bodies takes the body of each email while it is sent, by the email's Message-ID
 */
async function openPool(line: SMTPPoolOptions, bodies: Map<string, Readable>) {
  const { default: nodemailer } = await import('nodemailer');
  const transporter = nodemailer.createTransport({
    ...line,
    pool: true,
    // The one repetition allowed is nodemailer's own after a server has hung up on an idle connection: nothing was sent.
    maxRequeues: 1,
    // Emails are text of ours: nothing in them is fetched from a disk or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transporter.use('stream', (email, done) => {
    email.message.processFunc((body: Readable) => {
      bodies.set(email.message.messageId(), body);
      return body;
    });
    done();
  });
  return transporter;
}

/** As nodemailer would have put it, had it opened the connection itself. */
function asConnectionFailure({ code }: { code?: string }): Error {
  return Object.assign(new Error('no connection'), { code: 'ESOCKET', originalCode: code });
}

function openedBy(
  connect: SmtpConnect,
  server: SmtpServer,
  timeout: number,
): NonNullable<SMTPPoolOptions['getSocket']> {
  return (_options, done) => {
    connect(server, timeout).then(
      (connection) => done(null, { connection }),
      (failure) => done(failure instanceof UpstreamRefused ? failure : asConnectionFailure(failure)),
    );
  };
}

/**
 * Asks the server, by a connection of its own, whether it takes addresses outside ASCII: nodemailer would send them to
 * any server, and what an old one makes of them nobody knows.
 */
async function takesUtf8(line: SMTPPoolOptions): Promise<boolean> {
  let isOffered = false;
  const ignore = () => {};
  const logger = {
    ...{ level: ignore, trace: ignore, info: ignore, warn: ignore, error: ignore, fatal: ignore },
    debug: (_entry: unknown, line: unknown) => {
      isOffered ||= /^250[ -]SMTPUTF8\b/imu.test(String(line));
    },
  };
  const { default: nodemailer } = await import('nodemailer');
  const transporter = nodemailer.createTransport({ ...line, logger, transactionLog: true });
  await transporter.verify();
  return isOffered;
}

function utf8Missing(): EmailRefused {
  const about = { fault: 'email', concerns: 'request', reason: 'smtputf8_missing' } as const;
  return new EmailRefused({ code: 'email.smtputf8_missing', params: {} }, about);
}

function connectionTo({ secure, host, port, user, password = '', ...said }: SmtpServer): SMTPPoolOptions {
  return {
    ...{ secure, host, port, requireTLS: said.requireTls === true, ignoreTLS: said.ignoreTls === true },
    ...(user === undefined ? {} : { auth: { user, pass: password } }),
    ...(said.name === undefined ? {} : { name: said.name }),
    ...(said.anyCertificate ? { tls: { rejectUnauthorized: false } } : {}),
  };
}
