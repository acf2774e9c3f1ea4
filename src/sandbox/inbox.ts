import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SmtpServer } from '../platform/email/smtp-server.ts';
import { type InboxPages, inboxPages } from './inbox-pages.ts';
import { readEmail, type SavedEmail } from './kept-email.ts';

/** The sandbox's email server: takes every email by SMTP, delivers none, and shows them. */
export type Inbox = {
  /** What `SMTP_URL` would be. */
  smtpUrl: string;
  smtpServer: SmtpServer;
  /** The last 500, oldest first. */
  sentEmails: readonly SavedEmail[];
  /** The pages, and `sentEmails.json` for programs. May be mounted below `basePath`. */
  show: InboxPages;
  /** Makes it fail until `accept`; the newest refusal counts. */
  refuse(refusal: Refusal): void;
  accept(): void;
  stop(): Promise<void>;
};

export type Refusal =
  /** Every line is dropped before the greeting, those in use included. */
  | { at: 'connection' }
  /** 550 refuses for good, 451 for now. */
  | { at: 'recipient'; code: 550 | 451; address?: string }
  /** After the whole email has been taken. */
  | { at: 'email'; code: 554 | 451 };

const mostEmails = 500;

/** @param options `basePath` is the path under which `show` is mounted, without a slash at the end */
export async function createInbox({ basePath = '', clock = () => new Date() } = {}): Promise<Inbox> {
  const sentEmails: SavedEmail[] = [];
  const sockets = new Set<Socket>();
  let refusal: Refusal | undefined;
  let received = 0;

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 100,
    size: 10_000_000,
    onRcptTo: ({ address }, _session, done) => {
      if (refusal?.at !== 'recipient' || (refusal.address ?? address) !== address) return done();
      return done(reply(refusal.code, 'this mailbox'));
    },
    onData: (stream, session, done) => {
      const email = readEmail(stream, {
        id: String(++received),
        at: clock(),
        to: session.envelope.rcptTo.map(({ address }) => address),
      });
      email.then((savedEmail) => {
        if (refusal?.at === 'email') return done(reply(refusal.code, 'this email'));
        sentEmails.push(savedEmail);
        sentEmails.splice(0, sentEmails.length - mostEmails);
        return done();
      }, done);
    },
  });
  // A line that breaks is the sender's to notice.
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    if (refusal?.at === 'connection') socket.destroy();
    sockets.add(socket.on('close', () => sockets.delete(socket)));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;

  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    smtpServer: { secure: false, host: '127.0.0.1', port },
    sentEmails,
    show: inboxPages(sentEmails, basePath),
    refuse(next) {
      refusal = next;
      if (next.at === 'connection') for (const socket of sockets) socket.destroy();
    },
    accept() {
      refusal = undefined;
    },
    stop() {
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function reply(responseCode: number, subject: string): Error {
  return Object.assign(new Error(`the sandbox refuses ${subject}`), { responseCode });
}
