import { and, eq, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/pg-core';
import { normalizeEmail } from '../../../model/contact.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { brand, survey, surveyVersion } from '../../surveys/tables.ts';

/**
 * Addresses under which a workspace writes, or takes answers by mail: those of its brands, and of its surveys as they
 * ask now. Normalized.
 */
export async function listSenderAddresses(db: Queryable, workspaceId: string): Promise<readonly string[]> {
  const ofSurveys = (address: ReturnType<typeof sql<string | null>>) =>
    db
      .select({ address })
      .from(survey)
      .innerJoin(surveyVersion, and(eq(surveyVersion.surveyId, survey.id), eq(surveyVersion.version, survey.version)))
      .where(eq(survey.workspaceId, workspaceId));
  const ofBrands = (address: ReturnType<typeof sql<string | null>>) =>
    db.select({ address }).from(brand).where(eq(brand.workspaceId, workspaceId));
  const found = await union(
    ofSurveys(sql<string | null>`${surveyVersion.content} -> 'delivery' -> 'from' ->> 'address'`),
    ofSurveys(sql<string | null>`${surveyVersion.content} -> 'delivery' ->> 'replyTo'`),
    ofBrands(sql<string | null>`${brand.content} -> 'from' ->> 'address'`),
    ofBrands(sql<string | null>`${brand.content} ->> 'replyTo'`),
  );
  return found.flatMap(({ address }) => (address === null ? [] : (normalizeEmail(address) ?? [])));
}
