import { decide, type Verdict } from '../../domain/decision/decide.ts';
import { quietNow } from '../../domain/decision/rules/quiet-period.ts';
import type { Metric } from '../../domain/survey/scale.ts';
import type { ContactRow } from '../../store/contacts.ts';
import { listSurveys } from '../../store/surveys.ts';
import { gatherFacts } from '../asking/facts.ts';
import type { Context } from '../context.ts';

/** What a survey would decide of a person now. */
export type NextAsking = {
  survey: string;
  metric: Metric;
  verdict: Verdict;
  /** The rule that speaks against it, or `asked`. */
  reason: string;
  because: string;
  /** From when on they may be asked; null where no day is in sight. */
  from: Date | null;
};

/**
 * What each live survey would decide of this person if somebody wanted them asked now. What only their records say is
 * not read for that: it is when they are really asked.
 */
export async function nextAskings(context: Context, contact: ContactRow): Promise<NextAsking[]> {
  const { database, clock } = context;
  const { workspaceId, id: contactId } = contact;
  const found: NextAsking[] = [];
  for (const survey of await listSurveys(database.db, workspaceId, 'live')) {
    const wish = { id: '', workspaceId, surveyId: survey.id, contactId, email: '', key: null, createdAt: clock() };
    const about = {
      recipient: { ...wish, wantedBy: 'console', test: false },
      contact,
      records: [],
      connection: undefined,
    };
    const facts = await gatherFacts(database.db, context, about, survey);
    const decision = decide(facts);
    const { verdict, reason, because } = decision;
    const ends = reason === 'quiet_period' ? (quietNow(facts)?.ends ?? null) : null;
    const from = decision.verdict === 'withheld' ? ends : decision.dueAt;
    found.push({ survey: survey.key, metric: survey.content.metric, verdict, reason, because, from });
  }
  return found;
}
