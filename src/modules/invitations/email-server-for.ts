import type { EmailServer } from '../../platform/email/email-server.ts';
import { parseSmtpUrl } from '../../platform/email/smtp-server.ts';
import type { Encryption } from '../../platform/encryption.ts';
import { type BrandRow, brandPlace } from '../surveys/index.ts';
import type { InvitationsContext } from './context.ts';
import { emailServerBusy, emailServerThrottled, type Obstacle } from './defer.ts';

type Mailing = Pick<InvitationsContext, 'email' | 'brandEmail' | 'encryption'>;

/**
 * The server by which a brand's emails leave: its own, or the usual one.
 *
 * @returns nothing when there is none, or its address cannot be read any more or is none that is allowed
 */
export function emailServerFor(
  { email, brandEmail, encryption }: Mailing,
  brand: BrandRow | undefined,
): EmailServer | undefined {
  if (!hasOwnServer(brand)) return email;
  const server = readServer(encryption, brand);
  return server === undefined || 'problem' in server ? undefined : brandEmail.open(brand.id, server);
}

/** What keeps a brand's emails from leaving, which need not keep another's. */
export function obstacleTo(context: Mailing, brand: BrandRow | undefined): Obstacle | undefined {
  const server = emailServerFor(context, brand);
  if (!server) {
    const params = hasOwnServer(brand)
      ? { kind: whyUnreadable(context.encryption, brand), brand: brand.key }
      : ({ kind: 'unset' } as const);
    return { reason: { code: 'no_email_server', params } };
  }
  if (!context.email && brand?.content.from?.address === undefined) {
    return { reason: { code: 'no_sender', params: { brand: brand?.key ?? '' } } };
  }
  return troubleOf(server, brand);
}

/** How many emails a brand's server would take soon. */
export function roomFor(context: Mailing, brand: BrandRow | undefined): number {
  return emailServerFor(context, brand)?.rateLimiter.room() ?? Number.POSITIVE_INFINITY;
}

function troubleOf({ rateLimiter }: EmailServer, brand: BrandRow | undefined): Obstacle | undefined {
  const { trouble } = rateLimiter.state();
  // With room for one it is time to try it.
  if (!trouble || rateLimiter.room() > 0) return undefined;
  const until = { until: trouble.nextTryAt };
  if (trouble.kind === 'throttled') return { ...emailServerThrottled, ...until };
  if (trouble.kind === 'down') return { ...emailServerBusy, ...until };
  const whose = hasOwnServer(brand) ? ({ kind: 'brand', brand: brand.key } as const) : ({ kind: 'usual' } as const);
  return { reason: { code: 'email_refused', params: { ...whose, why: trouble.why } }, ...until };
}

type EncryptedServer = Pick<BrandRow, 'workspaceId' | 'key'> & { encryptedSmtpUrl: string };

/** What an earlier version let through is checked as if it were typed now. */
function readServer(encryption: Encryption, brand: EncryptedServer) {
  const url = encryption.decrypt(brand.encryptedSmtpUrl, brandPlace(brand));
  return url === undefined ? undefined : parseSmtpUrl(url);
}

function whyUnreadable(encryption: Encryption, brand: EncryptedServer): 'not_allowed' | 'unreadable' {
  const server = readServer(encryption, brand);
  return server !== undefined && 'problem' in server ? 'not_allowed' : 'unreadable';
}

/** The email server's own name: where it stands is saved under it, and what is cleared waits for it. */
export function serverIdFor(brand: BrandRow | undefined): string {
  return hasOwnServer(brand) ? brand.id : 'usual';
}

export function hasOwnServer(brand: BrandRow | undefined): brand is BrandRow & { encryptedSmtpUrl: string } {
  return brand !== undefined && brand.encryptedSmtpUrl !== null;
}
