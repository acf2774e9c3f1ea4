import type { BrandRow } from '../../store/brands.ts';
import type { Context, MailServer } from '../context.ts';
import { mailServerBusy, type Obstacle } from './hold-back.ts';

type Mailing = Pick<Context, 'mail' | 'brandMail' | 'sealing'>;

/**
 * The server by which a brand's letters leave: its own, or the usual one.
 *
 * @returns nothing when there is none, or its address cannot be read any more
 */
export function mailOf({ mail, brandMail, sealing }: Mailing, brand: BrandRow | undefined): MailServer | undefined {
  if (!hasOwnServer(brand)) return mail;
  const url = sealing.unseal(brand.sealedSmtpUrl);
  return url === undefined ? undefined : brandMail.open(brand.id, url);
}

/** What keeps a brand's letters from leaving, which need not keep another's. */
export function obstacleTo(context: Mailing, brand: BrandRow | undefined): Obstacle | undefined {
  const server = mailOf(context, brand);
  const whose = hasOwnServer(brand) ? `The mail server of brand "${brand.key}"` : 'The mail server';
  if (!server) {
    return {
      reason: 'no_mail_server',
      because: hasOwnServer(brand)
        ? `${whose} is sealed under a SECRET_KEY that is gone. The mail leaves when its address is set anew.`
        : 'No mail server is configured (SMTP_URL). The mail leaves when there is one.',
    };
  }
  if (!context.mail && brand?.content.from?.address === undefined) {
    return {
      reason: 'no_sender',
      because: `Brand "${brand?.key}" has a mail server, and nobody whom mail is from. The mail leaves when it says.`,
    };
  }
  const { waitingUntil, refusal } = server.pace.state();
  if (refusal) return { reason: 'mail_refused', because: `${whose} refuses us: ${refusal.inWords}` };
  return waitingUntil ? { ...mailServerBusy, until: waitingUntil } : undefined;
}

export function hasOwnServer(brand: BrandRow | undefined): brand is BrandRow & { sealedSmtpUrl: string } {
  return brand !== undefined && brand.sealedSmtpUrl !== null;
}
