import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { only, type Queryable } from '../../../platform/database/database.ts';
import { invitation } from '../../invitations/tables.ts';
import { survey } from '../../surveys/tables.ts';
import { resolution } from '../../tickets/tables.ts';
import { response } from '../tables.ts';

export type ResponseRow = typeof response.$inferSelect;

export async function findResponse(db: Queryable, invitationId: string): Promise<ResponseRow | undefined> {
  const [found] = await db.select().from(response).where(eq(response.invitationId, invitationId));
  return found;
}

export async function findResponseById(
  db: Queryable,
  workspaceId: string,
  id: string,
): Promise<ResponseRow | undefined> {
  const [found] = await db
    .select()
    .from(response)
    .where(and(eq(response.workspaceId, workspaceId), eq(response.id, id)));
  return found;
}

export async function addResponse(
  tx: Queryable,
  values: Omit<typeof response.$inferInsert, 'id' | 'surveyKey' | 'agent'>,
): Promise<ResponseRow> {
  return only(
    await tx
      .insert(response)
      .values({
        id: randomUUID(),
        ...values,
        surveyKey: sql`(select ${survey.key} from ${survey} where ${survey.id} = ${values.surveyId})`,
        agent: sql`(select ${resolution.agent} from ${invitation}
          join ${resolution} on ${resolution.id} = ${invitation.resolutionId}
          where ${invitation.id} = ${values.invitationId ?? null})`,
      })
      .returning(),
  );
}

export async function updateResponse(tx: Queryable, id: string, changes: Partial<ResponseRow>): Promise<void> {
  await tx.update(response).set(changes).where(eq(response.id, id));
}
