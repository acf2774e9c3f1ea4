import { parseSmtpUrl } from '../../domain/smtp-server.ts';
import { type BrandRow, brandPlace } from '../../store/brands.ts';
import type { Sealing } from '../../store/sealing.ts';
import type { Context, MailServer } from '../context.ts';
import { mailServerBusy, mailServerThrottled, type Obstacle } from './hold-back.ts';

type Mailing = Pick<Context, 'mail' | 'brandMail' | 'sealing'>;

/**
 * The server by which a brand's letters leave: its own, or the usual one.
 *
 * @returns nothing when there is none, or its address cannot be read any more or is none that is allowed
 */
export function mailOf({ mail, brandMail, sealing }: Mailing, brand: BrandRow | undefined): MailServer | undefined {
  if (!hasOwnServer(brand)) return mail;
  const server = readServer(sealing, brand);
  return server === undefined || 'problem' in server ? undefined : brandMail.open(brand.id, server);
}

/** What keeps a brand's letters from leaving, which need not keep another's. */
export function obstacleTo(context: Mailing, brand: BrandRow | undefined): Obstacle | undefined {
  const server = mailOf(context, brand);
  const whose = hasOwnServer(brand) ? `The mail server of brand "${brand.key}"` : 'The mail server';
  if (!server) {
    return {
      reason: 'no_mail_server',
      because: hasOwnServer(brand)
        ? `${whose} ${unreadable(context.sealing, brand)}. The mail leaves when its address is set anew.`
        : 'No mail server is configured (SMTP_URL). The mail leaves when there is one.',
    };
  }
  if (!context.mail && brand?.content.from?.address === undefined) {
    return {
      reason: 'no_sender',
      because: `Brand "${brand?.key}" has a mail server, and nobody whom mail is from. The mail leaves when it says.`,
    };
  }
  return troubleOf(server, whose);
}

/** How many emails a brand's server would take soon. */
export function roomFor(context: Mailing, brand: BrandRow | undefined): number {
  return mailOf(context, brand)?.pace.room() ?? Number.POSITIVE_INFINITY;
}

function troubleOf({ pace }: MailServer, whose: string): Obstacle | undefined {
  const { trouble } = pace.state();
  // With room for one it is time to try it.
  if (!trouble || pace.room() > 0) return undefined;
  const until = { until: trouble.nextTryAt };
  if (trouble.kind === 'throttled') return { ...mailServerThrottled, ...until };
  if (trouble.kind === 'down') return { ...mailServerBusy, ...until };
  return { reason: 'mail_refused', because: `${whose} refuses us: ${refusalInWords(trouble)}`, ...until };
}

/** What an email server said, and what to do. */
export function refusalInWords({ message, remedy }: { message: string; remedy: string | null }): string {
  return remedy === null ? message : `${message.replace(/\.$/u, '')}. ${remedy}`;
}

type SealedServer = Pick<BrandRow, 'workspaceId' | 'key'> & { sealedSmtpUrl: string };

/** What an earlier version let through is checked as if it were typed now. */
function readServer(sealing: Sealing, brand: SealedServer) {
  const url = sealing.unseal(brand.sealedSmtpUrl, brandPlace(brand));
  return url === undefined ? undefined : parseSmtpUrl(url);
}

function unreadable(sealing: Sealing, brand: SealedServer): string {
  const server = readServer(sealing, brand);
  return server !== undefined && 'problem' in server
    ? `has an address that is not allowed: smtpUrl ${server.problem}`
    : 'is encrypted under a SECRET_KEY that is gone';
}

export function hasOwnServer(brand: BrandRow | undefined): brand is BrandRow & { sealedSmtpUrl: string } {
  return brand !== undefined && brand.sealedSmtpUrl !== null;
}
