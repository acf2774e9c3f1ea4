import type { Texts } from '../../domain/locale.ts';
import type { Scale } from '../../domain/survey/scale.ts';
import { surveyScale } from '../../domain/survey/survey.ts';
import { findContact } from '../../store/contacts.ts';
import { findInvitation, type InvitationRow } from '../../store/invitations.ts';
import { findResponse, type ResponseRow } from '../../store/responses.ts';
import { findSurvey, type VersionedSurvey } from '../../store/surveys.ts';
import { chooseTexts } from '../asking/write-letter.ts';
import type { Context } from '../context.ts';
import type { LinkPurpose } from '../links.ts';

/** What a link opens: the invitation with its survey as it was when it was sent, and the answer so far. */
export type Invited = {
  invitation: InvitationRow;
  survey: VersionedSurvey;
  scale: Scale;
  texts: Texts;
  response: ResponseRow | undefined;
};

/** @returns nothing when the token is none of ours, or what it opened was erased */
export async function findInvited(context: Context, purpose: LinkPurpose, token: string): Promise<Invited | undefined> {
  const id = context.links.read(purpose, token);
  const { db } = context.database;
  const invitation = id === undefined ? undefined : await findInvitation(db, id);
  if (!invitation) return undefined;
  const survey = await findSurvey(db, invitation.surveyId, invitation.surveyVersion);
  const contact = await findContact(db, invitation.contactId);
  if (!survey || !contact) return undefined;
  return {
    invitation,
    survey,
    scale: surveyScale(survey.content),
    texts: chooseTexts(context, survey, contact),
    response: await findResponse(db, invitation.id),
  };
}

/** Why a link takes no answer any more; nothing while it does. */
export function closedBecause(
  { invitation }: Pick<Invited, 'invitation'>,
  now: Date,
): 'expired' | 'withdrawn' | undefined {
  if (invitation.status === 'withdrawn') return 'withdrawn';
  const late = invitation.expiresAt !== null && invitation.expiresAt <= now;
  return invitation.status === 'expired' || late ? 'expired' : undefined;
}
