import { randomUUID } from 'node:crypto';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { Texts } from '../../model/locale.ts';
import type { PlatformContext } from '../../platform/context.ts';
import { messageIdFor, type RenderedEmail } from '../../platform/email/email.ts';
import { findWorkspace } from '../../platform/workspaces/queries.ts';
import {
  type AccountAlertEmail,
  type AccountEmail,
  renderAccountAlert,
  renderAccountEmail,
} from './email/account-email.ts';
import { findMemberships, findUser } from './queries/accounts.ts';

/**
 * Emails somebody of the team their link, in the words of the workspace. It goes once: whoever asked for it can ask again.
 *
 * @returns whether the email server took it; not when there is none
 */
export async function sendAccountEmail(
  context: PlatformContext,
  { workspaceId, kind, to, link }: Pick<AccountEmail, 'kind' | 'link'> & { workspaceId: string; to: string },
): Promise<boolean> {
  if (!context.email) return false;
  const workspace = await findWorkspace(context.database.db, workspaceId);
  const texts = textsFor(context, workspace?.language);
  const rendered = await renderAccountEmail({ kind, link, company: workspace?.name ?? undefined }, texts);
  return send(context, { kind, to, rendered });
}

/**
 * Tells the owner of an account by email what happened to it, in their language. It goes once, and is not waited for:
 * what happened has happened.
 *
 * @param link opens their account
 * @returns resolves once it has left or failed, for who wants to know
 */
export async function notifyOwner(
  context: PlatformContext,
  link: string,
  kind: AccountAlertEmail['kind'],
  userId: string,
): Promise<void> {
  const at = context.clock();
  try {
    await tellOwner(context, { link, kind, at }, userId);
  } catch (failure) {
    context.log.error({ code: 'account.alert_failed', err: failure, user: userId }, 'An account alert was not sent.');
  }
}

async function tellOwner(context: PlatformContext, event: AccountAlertEmail, userId: string): Promise<void> {
  if (!context.email) return;
  const { db } = context.database;
  const user = await findUser(db, userId);
  const [membership] = await findMemberships(db, userId);
  if (!user || !membership) return;
  const language = user.language ?? (await findWorkspace(db, membership.workspaceId))?.language;
  const rendered = await renderAccountAlert(event, textsFor(context, language));
  await send(context, { kind: event.kind, to: user.email, rendered });
}

function textsFor({ texts }: PlatformContext, language: string | undefined): Texts {
  const spoken = texts.get(language ?? 'en') ?? texts.get('en');
  if (!spoken) throw new Error('English is always there');
  return spoken;
}

async function send(
  { email, clock, log }: PlatformContext,
  { kind, to, rendered }: { kind: string; to: string; rendered: RenderedEmail },
): Promise<boolean> {
  if (!email) return false;
  const sentEmail = {
    ...rendered,
    to: { address: to },
    from: email.from,
    messageId: messageIdFor(randomUUID(), email.from),
  };
  try {
    await email.rateLimiter.run(() => email.send({ ...sentEmail, date: clock() }));
    return true;
  } catch (failure) {
    if (!(failure instanceof UpstreamBusy || failure instanceof UpstreamRefused)) throw failure;
    log.warn(
      { code: 'account.email_not_taken', reason: failure.message, sentEmail: kind },
      'An email about an account was not taken.',
    );
    return false;
  }
}
