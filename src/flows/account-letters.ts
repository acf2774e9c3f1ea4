import { randomUUID } from 'node:crypto';
import type { Texts } from '../domain/locale.ts';
import { UpstreamBusy, UpstreamRefused } from '../errors.ts';
import {
  type AccountLetter,
  type AccountNoticeEmail,
  renderAccountLetter,
  renderAccountNotice,
} from '../mail/account-letter.ts';
import type { RenderedLetter } from '../mail/invitation.ts';
import { messageIdFor } from '../mail/letter.ts';
import { findUser, membershipsOf } from '../store/accounts.ts';
import { findWorkspace } from '../store/workspaces.ts';
import type { Context } from './context.ts';

/**
 * Mails somebody of the team their link, in the words of the workspace. It goes once: whoever asked for it can ask again.
 *
 * @returns whether the mail server took it; not when there is none
 */
export async function sendAccountLetter(
  context: Context,
  { workspaceId, kind, to, link }: Pick<AccountLetter, 'kind' | 'link'> & { workspaceId: string; to: string },
): Promise<boolean> {
  if (!context.mail) return false;
  const workspace = await findWorkspace(context.database.db, workspaceId);
  const texts = textsFor(context, workspace?.language);
  const rendered = await renderAccountLetter({ kind, link, company: workspace?.name ?? undefined }, texts);
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
  context: Context,
  link: string,
  kind: AccountNoticeEmail['kind'],
  userId: string,
): Promise<void> {
  const at = context.clock();
  try {
    await tellOwner(context, { link, kind, at }, userId);
  } catch (failure) {
    context.log.error({ code: 'account.notice_failed', err: failure, user: userId }, 'An account notice was not sent.');
  }
}

async function tellOwner(context: Context, notice: AccountNoticeEmail, userId: string): Promise<void> {
  if (!context.mail) return;
  const { db } = context.database;
  const user = await findUser(db, userId);
  const [membership] = await membershipsOf(db, userId);
  if (!user || !membership) return;
  const language = user.language ?? (await findWorkspace(db, membership.workspaceId))?.language;
  const rendered = await renderAccountNotice(notice, textsFor(context, language));
  await send(context, { kind: notice.kind, to: user.email, rendered });
}

function textsFor({ texts }: Context, language: string | undefined): Texts {
  const spoken = texts.get(language ?? 'en') ?? texts.get('en');
  if (!spoken) throw new Error('English is always there');
  return spoken;
}

async function send(
  { mail, clock, log }: Context,
  { kind, to, rendered }: { kind: string; to: string; rendered: RenderedLetter },
): Promise<boolean> {
  if (!mail) return false;
  const letter = {
    ...rendered,
    to: { address: to },
    from: mail.from,
    messageId: messageIdFor(randomUUID(), mail.from),
  };
  try {
    await mail.pace.run(() => mail.send({ ...letter, date: clock() }));
    return true;
  } catch (failure) {
    if (!(failure instanceof UpstreamBusy || failure instanceof UpstreamRefused)) throw failure;
    log.warn(
      { code: 'account.email_not_taken', reason: failure.message, letter: kind },
      'An email about an account was not taken.',
    );
    return false;
  }
}
