import type { DecisionReason } from '../../model/messages/decision-reason.ts';
import type { Queryable } from '../../platform/database/database.ts';
import {
  type Decision,
  decide,
  gatherFacts,
  isTest,
  type Judgement,
  recordVerdict,
  type TicketCase,
} from '../decisions/index.ts';
import { listensTo, listSurveys } from '../surveys/index.ts';
import type { ResolutionRow } from '../tickets/index.ts';
import type { InvitationsContext } from './context.ts';
import { addInvitation, openInvitation } from './queries/invitations.ts';

const noSurvey: Judgement = {
  verdict: 'skipped',
  reason: { code: 'no_survey', params: {} },
  notes: [],
};

/**
 * Decides for every live survey that listens to the connection, in the admin's order, whether it asks about this
 * resolution; the first that does wins the ticket, also where it has to wait. Leaves one decision a survey in the
 * ledger, or the one that no survey listened.
 *
 * @returns when the first email is due, if somebody is asked
 */
export async function decideResolution(
  tx: Queryable,
  context: InvitationsContext,
  about: TicketCase & { resolution: ResolutionRow },
): Promise<Date | undefined> {
  const { clock } = context;
  const { resolution, contact, connection } = about;
  const { workspaceId } = resolution;
  const of = {
    ...{ workspaceId, resolutionId: resolution.id, surveyRequestId: null, contactId: contact?.id ?? null },
    requesterBy: about.snapshot.requesterBy ?? null,
  };
  const live = connection.surveysEnabled ? await listSurveys(tx, workspaceId, 'live') : [];
  const surveys = live.filter(({ content }) => listensTo(content.audience, connection));
  if (surveys.length === 0) {
    await recordVerdict(tx, context, { ...of, surveyId: null }, noSurvey, clock());
    return undefined;
  }

  const due: number[] = [];
  let askedBy: string | undefined;
  for (const survey of surveys) {
    const facts = await gatherFacts(tx, context, about, survey, askedBy === undefined ? {} : { askedBy });
    const judgement = decide(facts);
    const decision = await recordVerdict(tx, context, { ...of, surveyId: survey.id }, judgement, clock());
    const email = facts.contact?.email;
    if (judgement.verdict === 'skipped' || !contact || email === undefined) continue;
    const test = isTest(facts);
    if (!test) askedBy = survey.key;
    due.push(judgement.dueAt.getTime());
    if (await openInvitation(tx, decision.id)) continue;
    await addInvitation(tx, {
      workspaceId,
      decisionId: decision.id,
      resolutionId: resolution.id,
      ticketId: resolution.ticketId,
      connectionId: connection.id,
      surveyId: survey.id,
      surveyVersion: survey.version,
      contactId: contact.id,
      email,
      test,
      ...scheduled(judgement),
      createdAt: clock(),
    });
  }
  return due.length === 0 ? undefined : new Date(Math.min(...due));
}

/** When an invitation's mail is to leave, and what it waits for until then. */
export function scheduled(judgement: Decision & { dueAt: Date }): { dueAt: Date; waitingFor: DecisionReason | null } {
  return { dueAt: judgement.dueAt, waitingFor: judgement.verdict === 'waiting' ? judgement.reason : null };
}
