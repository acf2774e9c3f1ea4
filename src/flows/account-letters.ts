import { randomUUID } from 'node:crypto';
import { UpstreamBusy, UpstreamRefused } from '../errors.ts';
import { type AccountLetter, renderAccountLetter } from '../mail/account-letter.ts';
import { messageIdFor } from '../mail/letter.ts';
import { findWorkspace } from '../store/workspaces.ts';
import type { Context } from './context.ts';

/**
 * Mails somebody of the team their link, in the words of the workspace. It goes once: whoever asked for it can ask again.
 *
 * @returns whether the mail server took it; not when there is none
 */
export async function sendAccountLetter(
  { mail, texts, database, clock, log }: Context,
  { workspaceId, kind, to, link }: Pick<AccountLetter, 'kind' | 'link'> & { workspaceId: string; to: string },
): Promise<boolean> {
  if (!mail) return false;
  const workspace = await findWorkspace(database.db, workspaceId);
  const spoken = texts.get(workspace?.language ?? 'en') ?? texts.get('en');
  if (!spoken) throw new Error('English is always there');
  const rendered = await renderAccountLetter({ kind, link, company: workspace?.name ?? undefined }, spoken);
  const letter = {
    ...rendered,
    to: { address: to },
    from: mail.from,
    messageId: messageIdFor(randomUUID(), mail.from),
  };
  try {
    await mail.pace.run('write', () => mail.send({ ...letter, date: clock() }));
    return true;
  } catch (failure) {
    if (!(failure instanceof UpstreamBusy || failure instanceof UpstreamRefused)) throw failure;
    log.warn({ reason: failure.message, letter: kind }, 'a letter about an account was not taken');
    return false;
  }
}
