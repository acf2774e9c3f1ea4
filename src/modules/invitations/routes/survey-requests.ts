import { z } from 'zod';
import { emailAddress } from '../../../model/email-address.ts';
import { invalidField } from '../../../model/errors.ts';
import { fieldIssue } from '../../../model/field-problems.ts';
import { textsIn } from '../../../model/languages.ts';
import { asMessage, asReason, messageShape, renderFor } from '../../../platform/http/messages.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { id, text, timeZone, utcTimestamp, withoutUndefined } from '../../../platform/http/shapes.ts';
import type { Render } from '../../../platform/messages/render.ts';
import { reasonShape, verdictShape } from '../../decisions/index.ts';
import { findEdited, languageTag, surveyKey } from '../../surveys/index.ts';
import type { InvitationsContext } from '../context.ts';
import { askContact, type SurveyRequestDecision } from '../request-survey.ts';

const known = z.strictObject({ contactId: id.describe('A contact whom we know.') });

const introduced = z.strictObject({
  email: emailAddress,
  name: z.string().trim().min(1).max(200).optional(),
  language: languageTag.optional(),
  timeZone: timeZone.optional(),
  company: z.string().trim().min(1).max(200).optional(),
});

const request = z.strictObject({
  survey: surveyKey.describe('The survey to send.'),
  contact: z
    .union([known, introduced], fieldIssue('field.contact_or_email'))
    .describe(
      'A contact whom we know, or whoever has this address: who is new is made, what is known of others stays.',
    ),
  key: text(200).optional().describe('What happened, as you call it: the same thing asks once with this survey.'),
  test: z
    .boolean()
    .default(false)
    .describe('To try it out: the rules are passed, a draft will do, and nothing counts.'),
});

export const surveyRequestDecision = z.strictObject({
  id: id.describe('The decision, which also names the invitation.'),
  contactId: id.nullable(),
  verdict: verdictShape,
  ...reasonShape,
  notes: z.array(messageShape),
  dueAt: utcTimestamp.nullable().describe('When the email is to leave; null when none is.'),
});

const tooManyTests =
  'Of tests to addresses that are neither of the team nor the workspace’s own, 20 leave in 24 hours.';

/**
 * `POST /api/invitations`: asks somebody after whatever happened, unless a rule speaks against it.
 * `POST /api/surveys/:key/send-test`: asks whoever tries it out.
 */
export function surveyRequestRoutes(context: InvitationsContext): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/invitations',
      about: 'Asking',
      summary: 'Asks a contact, unless a rule speaks against it: the answer says which, and why.',
      scope: 'invitations:write',
      body: request,
      answer: surveyRequestDecision,
      refusals: { 429: tooManyTests },
      does: 'invitation.request',
      respond: async ({ caller, language, body: { survey, contact, key, test } }) => {
        const decided = await askContact(context, {
          workspaceId: caller.workspaceId,
          surveyKey: survey,
          contact: 'contactId' in contact ? contact : { email: contact.email, ...withoutUndefined(contact) },
          requestedBy: caller.user ? 'console' : 'api',
          ...withoutUndefined({ key }),
          test,
        });
        return asRequest(decided, await renderFor(context, { caller, language }));
      },
    }),
    route({
      method: 'post',
      path: '/surveys/:key/send-test',
      about: 'Surveys',
      summary: 'Sends a test of the draft to whoever asks for it: the email is real, and nothing counts.',
      scope: 'invitations:write',
      params: z.strictObject({ key: surveyKey }),
      body: z.strictObject({
        email: emailAddress.optional().describe('The address of who is signed in unless said; a key has none.'),
        language: text(35).optional().describe('That of their record, else the survey’s first one, unless said.'),
      }),
      answer: surveyRequestDecision,
      refusals: { 429: tooManyTests },
      does: 'survey.try',
      respond: async ({ caller, language: spoken, params, body }) => {
        await findEdited(context, { workspaceId: caller.workspaceId, key: params.key });
        const email = body.email ?? caller.user?.email;
        if (email === undefined) throw invalidField('email', { code: 'field.required', params: {} });
        const language = body.language === undefined ? undefined : textsIn(context, body.language).language.tag;
        const decided = await askContact(context, {
          workspaceId: caller.workspaceId,
          surveyKey: params.key,
          contact: { email },
          requestedBy: caller.user ? 'console' : 'api',
          ...withoutUndefined({ language }),
          test: true,
        });
        return asRequest(decided, await renderFor(context, { caller, language: spoken }));
      },
    }),
  ];
}

function asRequest({ reason, reasonParams, notes, ...decided }: SurveyRequestDecision, say: Render) {
  const told = notes.map((note) => asMessage('decisions', note, say));
  return { ...decided, ...asReason({ reason, reasonParams }, say), notes: told };
}
