import { randomUUID } from 'node:crypto';
import { decide } from '../../domain/decision/decide.ts';
import { quietNow } from '../../domain/decision/rules/quiet-period.ts';
import { findConnection } from '../../store/connections.ts';
import { findContact } from '../../store/contacts.ts';
import { listInvitations } from '../../store/listings/invitations.ts';
import { listSurveys } from '../../store/surveys.ts';
import { findWorkspace } from '../../store/workspaces.ts';
import { gatherFacts } from '../asking/facts.ts';
import type { Context, LiveConnection } from '../context.ts';

/** Whether an agent may have somebody asked now, else from when, else why not: a rule's reason, or one of two more. */
export type NextAsking =
  | { when: 'now'; reason: 'asked' }
  | { when: 'from'; from: Date; reason: string }
  | { when: 'never'; reason: string };

/** What would be decided if an agent wanted them to be asked; nothing is kept of it, and no vendor is called. */
export async function findNextAsking(
  context: Context,
  live: LiveConnection,
  contactId: string | undefined,
): Promise<NextAsking> {
  const { db } = context.database;
  const { workspaceId } = live;
  const connection = await findConnection(db, live.id);
  const [survey] = await listSurveys(db, workspaceId, 'live');
  if (!survey) return { when: 'never', reason: 'no_survey' };
  const workspace = await findWorkspace(db, workspaceId);
  if (workspace?.askingPausedAt || connection?.askingPausedAt) return { when: 'never', reason: 'paused' };
  const contact = contactId === undefined ? undefined : await findContact(db, contactId);
  // Of somebody whom nobody here has heard of, only the vendor knows what speaks against it.
  if (!contact) return { when: 'now', reason: 'asked' };
  const wished = { id: randomUUID(), workspaceId, surveyId: survey.id, contactId: contact.id, key: null };
  const recipient = { ...wished, email: '', wantedBy: 'agent', test: false, createdAt: context.clock() };
  const facts = await gatherFacts(db, context, { recipient, contact, records: [], connection }, survey);
  const { verdict, reason } = decide(facts);
  const from = quietNow(facts)?.ends;
  if (verdict === 'asked') return { when: 'now', reason: 'asked' };
  if (reason !== 'quiet_period' || !from) return { when: 'never', reason };
  const scheduled = { contact: contact.id, status: 'scheduled' } as const;
  const isUnderWay = (await listInvitations(db, workspaceId, scheduled, { limit: 1 })).items.length > 0;
  return { when: 'from', from, reason: isUnderWay ? 'under_way' : reason };
}

/** The survey that asks when an agent wants it: the first that is live, in the admin's order. */
export async function surveyOfAgents(context: Context, workspaceId: string): Promise<string | undefined> {
  return (await listSurveys(context.database.db, workspaceId, 'live'))[0]?.key;
}
