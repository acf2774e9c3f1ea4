import type { Queryable } from '../../platform/database/database.ts';
import { lockContacts } from '../contacts/index.ts';
import { factsOf, recall } from '../decisions/index.ts';
import { findVersions, versionKey } from '../surveys/index.ts';
import type { InvitationsContext } from './context.ts';
import { createDailyCap } from './daily-cap.ts';
import { decideAgain, type Prepared } from './decide-again.ts';
import { isOpen, markAsSending } from './prepare.ts';
import { lockInvitations } from './queries/sending.ts';
import type { RefreshedSource } from './refresh-due.ts';
import { findUnchanged } from './unchanged-since-refresh.ts';

/** `alone`: what has to be prepared one by one, once this is done. */
export type PreparedTogether = { prepared: readonly Prepared[]; alone: readonly RefreshedSource[] };

/**
 * Decides again about many at once where the vendors show nothing new, with all their rows held. Whatever is out of the
 * ordinary is left for the way that every single one may go; so is everything when one of them fails.
 */
export async function prepareTogether(
  context: InvitationsContext,
  workspaceId: string,
  reads: readonly RefreshedSource[],
): Promise<PreparedTogether> {
  const some = onePerContact(reads);
  try {
    const { prepared, decided } = await context.database.transaction((tx) => decideAll(tx, context, workspaceId, some));
    return { prepared, alone: reads.filter((read) => !decided.has(read)) };
  } catch (failure) {
    context.log.warn({ code: 'invitation.decided_alone', err: failure }, 'Due invitations are decided one by one.');
    return { prepared: [], alone: reads };
  }
}

/** What is decided about somebody counts for what is decided about them next. */
function onePerContact(reads: readonly RefreshedSource[]): RefreshedSource[] {
  const byContact = Map.groupBy(reads, ({ invitation }) => invitation.contactId);
  return [...byContact.values()].flatMap(([first]) => first ?? []);
}

async function decideAll(
  tx: Queryable,
  context: InvitationsContext,
  workspaceId: string,
  reads: readonly RefreshedSource[],
): Promise<{ prepared: Prepared[]; decided: ReadonlySet<RefreshedSource> }> {
  const unchanged = await findUnchanged(tx, context, workspaceId, reads);
  const contacts = await lockContacts(
    tx,
    unchanged.map(({ contactId }) => contactId),
  );
  const invitations = await lockInvitations(
    tx,
    unchanged.map(({ read }) => read.invitation.id),
  );
  const surveys = await findVersions(tx, [...invitations.values()]);
  const questions = unchanged.flatMap(({ read, contactId, about }) => {
    const contact = contacts.get(contactId);
    const current = invitations.get(read.invitation.id);
    const survey = current && surveys.get(versionKey(current));
    // They may have turned out to be another contact, or it may have ended, before the rows were held.
    if (contact?.id !== contactId || current?.contactId !== contactId || !isOpen(current) || !survey) return [];
    return [{ read, contact, current, survey, about: about(contact), deciding: current.id }];
  });

  const memory = await recall(tx, context, workspaceId, questions);
  const cap = createDailyCap(tx, context);
  const prepared: Prepared[] = [];
  for (const { contact, current, survey, ...question } of questions) {
    const facts = factsOf(context, memory, { ...question, survey });
    const sending = await decideAgain(tx, context, { current, survey, contact, facts }, cap);
    if (sending) prepared.push(sending);
  }
  await markAsSending(tx, context, prepared);
  return { prepared, decided: new Set(questions.map(({ read }) => read)) };
}
