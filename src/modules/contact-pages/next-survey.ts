import type { DecisionReason } from '../../model/messages/decision-reason.ts';
import type { Metric } from '../../model/scale.ts';
import type { ConnectionRow } from '../connections/index.ts';
import type { ContactRow } from '../contacts/index.ts';
import { type Decision, decide, gatherFacts, quietNow, type RequestedBy, type Verdict } from '../decisions/index.ts';
import type { InvitationsContext } from '../invitations/index.ts';
import { listSurveys, type VersionedSurvey } from '../surveys/index.ts';

/** What a survey would decide of a contact now. */
type NextAsking = {
  survey: string;
  metric: Metric;
  verdict: Verdict;
  /** What speaks against it, or `asked`. */
  reason: DecisionReason;
  /** From when on they may be asked; null where no day is in sight. */
  from: Date | null;
};

/** What each live survey would decide of this contact if somebody wanted them asked now. */
export async function nextAskings(context: InvitationsContext, contact: ContactRow): Promise<NextAsking[]> {
  const found: NextAsking[] = [];
  for (const survey of await listSurveys(context.database.db, contact.workspaceId, 'live')) {
    const { decision, quietUntil } = await decideIfRequested(context, survey, { contact, requestedBy: 'console' });
    const { verdict, reason } = decision;
    const from = decision.verdict === 'skipped' ? (quietUntil ?? null) : decision.dueAt;
    found.push({ survey: survey.key, metric: survey.content.metric, verdict, reason, from });
  }
  return found;
}

type AskingQuery = { contact: ContactRow; requestedBy: RequestedBy; connection?: ConnectionRow | undefined };

/**
 * What would be decided if somebody wanted a contact asked now, and when the quiet period ends that speaks against it.
 * Nothing is kept of it and no vendor is called: what only their records say is read when they are really asked.
 */
export async function decideIfRequested(
  context: InvitationsContext,
  survey: VersionedSurvey,
  { contact, requestedBy, connection }: AskingQuery,
): Promise<{ decision: Decision; quietUntil: Date | undefined }> {
  const { workspaceId, id: surveyId } = survey;
  const request = {
    id: '',
    workspaceId,
    surveyId,
    contactId: contact.id,
    email: '',
    key: null,
    requestedBy,
    test: false,
  };
  const about = { surveyRequest: { ...request, createdAt: context.clock() }, contact, records: [], connection };
  const facts = await gatherFacts(context.database.db, context, about, survey);
  const decision = decide(facts);
  return { decision, quietUntil: decision.reason.code === 'quiet_period' ? quietNow(facts)?.ends : undefined };
}
