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

const known = z.strictObject({ contactId: id.describe('ID of an existing contact.') });

const introduced = z.strictObject({
  email: emailAddress,
  name: z.string().trim().min(1).max(200).optional(),
  language: languageTag.optional(),
  timeZone: timeZone.optional(),
  company: z.string().trim().min(1).max(200).optional(),
});

const request = z.strictObject({
  survey: surveyKey.describe('Key of the survey to send.'),
  contact: z
    .union([known, introduced], fieldIssue('field.contact_or_email'))
    .describe(
      'An existing contact, or an email address. A new contact is created if needed; an existing one is not changed.',
    ),
  key: text(200).optional().describe('Your own key for the cause. Each key leads to one survey request per survey.'),
  test: z
    .boolean()
    .default(false)
    .describe('Whether this is a test: rules are not applied, a draft is allowed, and nothing counts.'),
});

export const surveyRequestDecision = z.strictObject({
  id: id.describe('ID of the decision, which also identifies the invitation.'),
  contactId: id.nullable(),
  verdict: verdictShape,
  ...reasonShape,
  notes: z.array(messageShape),
  dueAt: utcTimestamp.nullable().describe('When the email is due. Null if none is sent.'),
});

const tooManyTests = 'The limit of 20 tests in 24 hours to addresses outside the team and workspace is reached.';

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
      summary: 'Requests a survey for a contact. Returns the decision with its reason.',
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
      summary: 'Sends a test email of the draft. The email is real, but nothing counts.',
      scope: 'invitations:write',
      params: z.strictObject({ key: surveyKey }),
      body: z.strictObject({
        email: emailAddress
          .optional()
          .describe('Recipient. The signed-in user’s address by default; required with an API key.'),
        language: text(35)
          .optional()
          .describe('Language. By default that of the contact’s record, else the survey’s first one.'),
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
