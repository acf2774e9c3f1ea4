import { findWorkspace } from '../../platform/workspaces/queries.ts';
import { findConnection, type LiveConnection } from '../connections/index.ts';
import { decideIfRequested } from '../contact-pages/index.ts';
import { findContact } from '../contacts/index.ts';
import { type InvitationsContext, listInvitations } from '../invitations/index.ts';
import { listSurveys, type VersionedSurvey } from '../surveys/index.ts';

/** Whether an agent may have somebody asked now, else from when, else why not: a rule's reason, or one of two more. */
export type MayAsk =
  | { when: 'now'; reason: 'asked' }
  | { when: 'from'; from: Date; reason: string }
  | { when: 'never'; reason: string };

/** As `decideIfRequested`, of their survey. */
export async function mayAsk(
  context: InvitationsContext,
  live: LiveConnection,
  contactId: string | undefined,
): Promise<MayAsk> {
  const { db } = context.database;
  const { workspaceId } = live;
  const connection = await findConnection(db, live.id);
  const survey = await surveyOfAgents(context, workspaceId);
  if (!survey) return { when: 'never', reason: 'no_survey' };
  const workspace = await findWorkspace(db, workspaceId);
  if (workspace?.surveysPausedAt || connection?.surveysPausedAt) return { when: 'never', reason: 'paused' };
  const contact = contactId === undefined ? undefined : await findContact(db, contactId);
  // Of somebody whom nobody here has heard of, only the vendor knows what speaks against it.
  if (!contact) return { when: 'now', reason: 'asked' };
  const request = { contact, requestedBy: 'agent', connection } as const;
  const { decision, quietUntil } = await decideIfRequested(context, survey, request);
  const {
    verdict,
    reason: { code: reason },
  } = decision;
  if (verdict === 'asked') return { when: 'now', reason: 'asked' };
  if (!quietUntil) return { when: 'never', reason };
  const scheduled = { contact: contact.id, status: 'scheduled' } as const;
  const isUnderWay = (await listInvitations(db, workspaceId, scheduled, { limit: 1 })).items.length > 0;
  return { when: 'from', from: quietUntil, reason: isUnderWay ? 'under_way' : reason };
}

/** The survey that asks when an agent wants it: the first that is live, in the admin's order. */
export async function surveyOfAgents(
  context: InvitationsContext,
  workspaceId: string,
): Promise<VersionedSurvey | undefined> {
  return (await listSurveys(context.database.db, workspaceId, 'live'))[0];
}
