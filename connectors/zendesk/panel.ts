import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Panel, PanelRequest, WebhookRequest } from '../../src/connector.ts';
import { accountFields } from '../../src/model/account-fields.ts';
import { UntrustedWebhook } from '../../src/model/errors.ts';
import { fieldIssue } from '../../src/model/field-problems.ts';
import { sameSignature, verifyFresh } from '../../src/model/signature.ts';
import { hourMs, minuteMs } from '../../src/model/time-units.ts';
import { readAs } from '../../src/model/verified-body.ts';
import { toUserFields } from './values.ts';

/** A token lives no longer, whatever it says of itself. */
const longestLife = hourMs;
const clocksMayDiffer = minuteMs;

/**
 * The app in `app/`: Zendesk's own servers put a signed token in its requests, made with the secret setting that no
 * browser sees. https://developer.zendesk.com/documentation/apps/app-developer-guide/making-api-requests-from-a-zendesk-app/
 *
 * What the token claims is chosen in the agent's browser. So it proves the account and its agents together, and which
 * of them looks is their own word.
 */
export const panel: Panel = {
  framedBy: ['https://*.zendesk.com', 'https://*.apps.zdusercontent.com'],
  verify,
  read,
  render: ({ values, ...content }, fieldNames) => ({
    ...content,
    user_fields: toUserFields(values, accountFields(fieldNames)),
  }),
};

const seconds = z.number().transform((given) => new Date(given * 1000));
const header = z.object({ alg: z.literal('HS256') });
const proof = z.object({ exp: seconds, iat: seconds.optional(), aud: z.string() });

function verify(request: WebhookRequest, secrets: readonly string[], now: Date): string {
  const [head, claims, claimed] = partsOf(request);
  if (!header.safeParse(parse(head)).success) throw new UntrustedWebhook('claims_unreadable');
  const proven = secrets.find((secret) => secret !== '' && sameSignature(claimed, signatureOf(secret, head, claims)));
  if (proven === undefined) throw new UntrustedWebhook('signature_wrong');
  const { data } = proof.safeParse(parse(claims));
  if (!data) throw new UntrustedWebhook('claims_unreadable');
  const left = data.exp.getTime() - now.getTime();
  if (Number.isNaN(left) || left <= -clocksMayDiffer) throw new UntrustedWebhook('expired');
  if (left > longestLife + clocksMayDiffer) throw new UntrustedWebhook('lives_too_long');
  if (data.iat) verifyFresh(data.iat, now, longestLife + clocksMayDiffer);
  // One that was made for another place opens nothing here.
  if (data.aud !== placeOf(request)) throw new UntrustedWebhook('other_address');
  return proven;
}

const seen = z
  .object({
    sub: z.string().min(1),
    ticket: z.string().regex(/^\d+$/u, fieldIssue('field.number')).optional(),
    contact: z.string().regex(/^\d+$/u, fieldIssue('field.number')).optional(),
    locale: z.string().max(35).nullish(),
  })
  .superRefine(({ ticket, contact }, context) => {
    if (ticket ?? contact) return;
    context.addIssue({ code: 'custom', path: ['ticket'], ...fieldIssue('field.ticket_or_contact') });
  })
  .transform(
    ({ sub, ticket, contact, locale }): PanelRequest => ({
      agent: sub,
      record: ticket === undefined ? { kind: 'contact', id: contact ?? '' } : { kind: 'ticket', id: ticket },
      ...(locale ? { language: locale } : {}),
    }),
  );

function read(request: WebhookRequest): PanelRequest {
  return readAs(seen, parse(partsOf(request)[1]), { code: 'panel_not_shown', params: {} });
}

/** Behind `Authorization`, or in a form that a frame was opened with. */
function partsOf({ headers, body }: WebhookRequest): readonly [string, string, string] {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const [, carried] = /^Bearer ([^\s]+)$/u.exec(headers.authorization ?? '') ?? [];
  const token = carried ?? (isForm ? new URLSearchParams(body.toString('utf8')).get('token') : undefined) ?? '';
  const [, head, claims, signature] = /^([\w-]+)\.([\w-]+)\.([\w-]{43})$/u.exec(token) ?? [];
  if (!head || !claims || !signature) throw new UntrustedWebhook('signature_missing');
  return [head, claims, signature];
}

/** The panel itself, whichever of its buttons was pressed. */
function placeOf({ url }: WebhookRequest): string {
  return /^[^?#]*\/panel\/zendesk/u.exec(url)?.[0] ?? '';
}

function signatureOf(secret: string, head: string, claims: string): string {
  return createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
}

function parse(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
