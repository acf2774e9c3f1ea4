import { and, desc, eq } from 'drizzle-orm';
import type { Metric } from '../../../model/scale.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { response } from '../../responses/tables.ts';
import { survey } from '../../surveys/tables.ts';

export type Rated = { metric: Metric; scale: number; rating: number; comment: string | null; survey: string; at: Date };

/** What a contact answered that counts on their record, the newest first. */
export function findRatings(db: Queryable, contactId: string, limit: number): Promise<Rated[]> {
  return db
    .select({
      metric: response.metric,
      scale: response.scale,
      rating: response.rating,
      comment: response.comment,
      survey: survey.key,
      at: response.answeredAt,
    })
    .from(response)
    .innerJoin(survey, eq(survey.id, response.surveyId))
    .where(and(eq(response.contactId, contactId), eq(response.onRecord, true)))
    .orderBy(desc(response.answeredAt), desc(response.id))
    .limit(limit);
}
