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
  if (!server) {
    const params = hasOwnServer(brand)
      ? { kind: whyUnreadable(context.sealing, brand), brand: brand.key }
      : ({ kind: 'unset' } as const);
    return { reason: { code: 'no_mail_server', params } };
  }
  if (!context.mail && brand?.content.from?.address === undefined) {
    return { reason: { code: 'no_sender', params: { brand: brand?.key ?? '' } } };
  }
  return troubleOf(server, brand);
}

/** How many emails a brand's server would take soon. */
export function roomFor(context: Mailing, brand: BrandRow | undefined): number {
  return mailOf(context, brand)?.pace.room() ?? Number.POSITIVE_INFINITY;
}

function troubleOf({ pace }: MailServer, brand: BrandRow | undefined): Obstacle | undefined {
  const { trouble } = pace.state();
  // With room for one it is time to try it.
  if (!trouble || pace.room() > 0) return undefined;
  const until = { until: trouble.nextTryAt };
  if (trouble.kind === 'throttled') return { ...mailServerThrottled, ...until };
  if (trouble.kind === 'down') return { ...mailServerBusy, ...until };
  const whose = hasOwnServer(brand) ? ({ kind: 'brand', brand: brand.key } as const) : ({ kind: 'usual' } as const);
  return { reason: { code: 'mail_refused', params: { ...whose, why: trouble.why } }, ...until };
}

type SealedServer = Pick<BrandRow, 'workspaceId' | 'key'> & { sealedSmtpUrl: string };

/** What an earlier version let through is checked as if it were typed now. */
function readServer(sealing: Sealing, brand: SealedServer) {
  const url = sealing.unseal(brand.sealedSmtpUrl, brandPlace(brand));
  return url === undefined ? undefined : parseSmtpUrl(url);
}

function whyUnreadable(sealing: Sealing, brand: SealedServer): 'not_allowed' | 'unreadable' {
  const server = readServer(sealing, brand);
  return server !== undefined && 'problem' in server ? 'not_allowed' : 'unreadable';
}

export function hasOwnServer(brand: BrandRow | undefined): brand is BrandRow & { sealedSmtpUrl: string } {
  return brand !== undefined && brand.sealedSmtpUrl !== null;
}
