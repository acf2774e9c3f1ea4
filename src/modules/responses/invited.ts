import type { Texts } from '../../model/locale.ts';
import { isGiven } from '../../model/response.ts';
import type { Scale } from '../../model/scale.ts';
import { chooseTexts, findInvitationBrand, type InvitationRow, type LinkPurpose } from '../invitations/index.ts';
import { type LanguagePreferences, surveyScale, underBrand, type VersionedSurvey } from '../surveys/index.ts';
import type { Client } from './client.ts';
import type { ResponsesContext } from './context.ts';
import { isOtherDevice } from './evidence/other-device.ts';
import { findTraces } from './queries/intents.ts';
import { findOpened } from './queries/opened.ts';
import type { ResponseRow } from './queries/responses.ts';

/** What a link opens: the invitation with its survey as it was when it was sent, under its brand, and the answer so far. */
export type InvitedContact = {
  invitation: InvitationRow;
  survey: VersionedSurvey;
  scale: Scale;
  texts: Texts;
  /** Also one that was only tapped, or that a machine sent; see `givenAnswer`. */
  response: ResponseRow | undefined;
};

type Preferences = Pick<LanguagePreferences, 'chosen' | 'accepted'>;

/**
 * @param preferences the language that they chose on the page, and those that their browser asks for
 * @returns nothing when the token is none of ours, or what it opened was erased
 */
export async function findInvited(
  context: ResponsesContext,
  purpose: LinkPurpose,
  token: string,
  preferences?: Preferences,
): Promise<InvitedContact | undefined> {
  const id = context.links.read(purpose, token);
  return id === undefined ? undefined : findInvitedTo(context, id, preferences);
}

/** @returns nothing when it was erased */
export async function findInvitedTo(
  context: ResponsesContext,
  id: string,
  preferences?: Preferences,
): Promise<InvitedContact | undefined> {
  const { db } = context.database;
  const opened = await findOpened(db, id);
  if (!opened) return undefined;
  const { invitation, survey, contact, response } = opened;
  const content = underBrand(survey.content, (await findInvitationBrand(db, invitation))?.content);
  return {
    invitation,
    survey: { ...survey, content },
    scale: surveyScale(content),
    texts: chooseTexts(context, survey, contact, { ...preferences, explicit: invitation.language ?? undefined }),
    response,
  };
}

/** What the contact told us, as they may see it. */
export function givenAnswer({ response }: Pick<InvitedContact, 'response'>): ResponseRow | undefined {
  return response && isGiven(response) ? response : undefined;
}

/** Whether there is an answer that this client did not give: they are not shown it. */
export async function isOfAnotherContact(
  { database }: Pick<ResponsesContext, 'database'>,
  invited: InvitedContact,
  client: Pick<Client, 'visitor' | 'network'>,
): Promise<boolean> {
  if (!givenAnswer(invited)) return false;
  return isOtherDevice(client, await findTraces(database.db, invited.invitation.id));
}

export type Closed = 'expired' | 'withdrawn' | 'reopened';

/** Why a link takes no answer any more, or for now; nothing while it does. */
export function closedReason(
  { invitation, survey }: Pick<InvitedContact, 'invitation' | 'survey'>,
  now: Date,
): Closed | undefined {
  const { status, expiresAt, reopenedAt } = invitation;
  if (status === 'withdrawn') return 'withdrawn';
  const late = status === 'expired' || (expiresAt !== null && expiresAt <= now);
  if (late && survey.content.timing.late === 'refuse') return 'expired';
  return reopenedAt !== null && status !== 'answered' ? 'reopened' : undefined;
}
