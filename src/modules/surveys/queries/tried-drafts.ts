import { and, eq } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import { unsubscription } from '../../contacts/tables.ts';
import { surveyRequest } from '../../decisions/tables.ts';
import { readContent } from '../survey.ts';
import { surveyVersion } from '../tables.ts';
import type { SurveyRow, VersionedSurvey } from './surveys.ts';

/** No version that was published: the draft as somebody last tried it out. */
const triedOut = -1;

/** The draft as it is now, so that an invitation may name it as its version. It is another one at the next try. */
export async function freezeDraft(
  tx: Queryable,
  { workspaceId, ...of }: SurveyRow,
  now: Date,
): Promise<VersionedSurvey> {
  const content = readContent(of.draft);
  await tx
    .insert(surveyVersion)
    .values({ surveyId: of.id, version: triedOut, workspaceId, content, createdAt: now })
    .onConflictDoUpdate({
      target: [surveyVersion.surveyId, surveyVersion.version],
      set: { content, createdAt: now },
    });
  return { ...of, workspaceId, version: triedOut, content };
}

/** Whoever was asked with the draft as a test was not, with all that came of it. */
export async function removeTries(tx: Queryable, surveyId: string): Promise<void> {
  await tx.delete(surveyRequest).where(and(eq(surveyRequest.surveyId, surveyId), eq(surveyRequest.test, true)));
  await tx.delete(unsubscription).where(eq(unsubscription.surveyId, surveyId));
  await tx.delete(surveyVersion).where(and(eq(surveyVersion.surveyId, surveyId), eq(surveyVersion.version, triedOut)));
}
