import { and, eq } from 'drizzle-orm';
import type { Queryable } from '../../../platform/database/database.ts';
import type { ContactRow } from '../../contacts/index.ts';
import { contact } from '../../contacts/tables.ts';
import type { InvitationRow } from '../../invitations/index.ts';
import { invitation } from '../../invitations/tables.ts';
import { readContent, type VersionedSurvey } from '../../surveys/index.ts';
import { survey, surveyVersion } from '../../surveys/tables.ts';
import { response } from '../tables.ts';
import type { ResponseRow } from './responses.ts';

/** An invitation with its survey as it was when it was sent, whom it is for, and the answer so far. */
export type OpenedRow = {
  invitation: InvitationRow;
  survey: VersionedSurvey;
  contact: ContactRow;
  response: ResponseRow | undefined;
};

/** What a link opens, in one statement: each page of a survey begins with it, and scanners open many. */
export async function findOpened(db: Queryable, id: string): Promise<OpenedRow | undefined> {
  const [found] = await db
    .select({ invitation, survey, content: surveyVersion.content, contact, response })
    .from(invitation)
    .innerJoin(survey, eq(survey.id, invitation.surveyId))
    .innerJoin(
      surveyVersion,
      and(eq(surveyVersion.surveyId, survey.id), eq(surveyVersion.version, invitation.surveyVersion)),
    )
    .innerJoin(contact, eq(contact.id, invitation.contactId))
    .leftJoin(response, eq(response.invitationId, invitation.id))
    .where(eq(invitation.id, id));
  if (!found) return undefined;
  const { content, ...rows } = found;
  return {
    ...rows,
    survey: { ...rows.survey, version: rows.invitation.surveyVersion, content: readContent(content) },
    response: rows.response ?? undefined,
  };
}
