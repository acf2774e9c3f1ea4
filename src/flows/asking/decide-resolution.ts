import { decide, dueAt, type Judgement } from '../../domain/decision/decide.ts';
import type { Queryable } from '../../store/database.ts';
import { recordVerdict } from '../../store/decisions.ts';
import { addInvitation, openInvitation } from '../../store/invitations.ts';
import { listSurveys } from '../../store/surveys.ts';
import type { Context } from '../context.ts';
import { type Case, gatherFacts } from './facts.ts';

const noSurvey: Judgement = {
  verdict: 'withheld',
  reason: 'no_survey',
  because: 'No survey is live that listens to this connection, so nobody is asked.',
  notes: [],
};

/**
 * Decides for every live survey, in the admin's order, whether it asks about this resolution; the first that does wins
 * the ticket. Leaves one decision a survey in the ledger, or the one that no survey listened.
 *
 * @returns when the mail is due, if somebody is asked
 */
export async function decideResolution(tx: Queryable, context: Context, about: Case): Promise<Date | undefined> {
  const { clock } = context;
  const { resolution, contact } = about;
  const { workspaceId } = resolution;
  const of = { workspaceId, resolutionId: resolution.id, recipientId: null, contactId: contact?.id ?? null };
  const surveys = about.connection.asks ? await listSurveys(tx, workspaceId, 'live') : [];
  if (surveys.length === 0) {
    await recordVerdict(tx, { ...of, surveyId: null }, noSurvey, clock());
    return undefined;
  }

  let due: Date | undefined;
  let askedBy: string | undefined;
  for (const survey of surveys) {
    const facts = await gatherFacts(tx, context, about, survey, askedBy === undefined ? {} : { askedBy });
    const judgement = decide(facts);
    const decision = await recordVerdict(tx, { ...of, surveyId: survey.id }, judgement, clock());
    const email = facts.person?.email;
    if (judgement.verdict !== 'asked' || !contact || email === undefined) continue;
    askedBy = survey.key;
    due = dueAt(facts);
    if (await openInvitation(tx, decision.id)) continue;
    await addInvitation(tx, {
      workspaceId,
      decisionId: decision.id,
      resolutionId: resolution.id,
      ticketId: resolution.ticketId,
      surveyId: survey.id,
      surveyVersion: survey.version,
      contactId: contact.id,
      email,
      dueAt: due,
      createdAt: clock(),
    });
  }
  return due;
}
