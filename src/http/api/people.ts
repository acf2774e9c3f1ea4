import { z } from 'zod';
import { languageTag } from '../../domain/survey/texts.ts';
import type { Context } from '../../flows/context.ts';
import { changePerson } from '../../flows/people/change-person.ts';
import { findPerson, type PersonNamed } from '../../flows/people/find-person.ts';
import { joinPeople } from '../../flows/writing/join.ts';
import { listContacts } from '../../store/listings/contacts.ts';
import { listDecisions } from '../../store/listings/decisions.ts';
import { listInvitations } from '../../store/listings/invitations.ts';
import { listResponses } from '../../store/listings/responses.ts';
import { contactItem, decisionItem, invitationItem, responseItem } from './items.ts';
import { type Route, route } from './route.ts';
import { byId, id, timeZone, withoutUndefined } from './shapes.ts';

const latest = { limit: 200 };

const person = contactItem
  .extend({
    decisions: z.array(decisionItem),
    invitations: z.array(invitationItem),
    responses: z.array(responseItem),
  })
  .meta({ id: 'Person' });

const about = 'People';

/** `GET` and `PATCH /api/contacts/:id`; `POST …/merge` with `{"into": …}`: these two are one person. */
export function peopleRoutes(context: Context): readonly Route[] {
  const { db } = context.database;

  async function show(of: PersonNamed) {
    const { workspaceId, id: contact } = await findPerson(context, of);
    const [shown] = (await listContacts(db, workspaceId, { id: contact }, { limit: 1 })).items;
    if (!shown) throw new Error('a person who is not listed');
    const { items: decisions } = await listDecisions(db, workspaceId, { contact }, latest);
    const { items: invitations } = await listInvitations(db, workspaceId, { contact }, latest);
    const { items: responses } = await listResponses(db, workspaceId, { contact }, latest);
    return { ...shown, decisions, invitations, responses };
  }

  return [
    route({
      method: 'get',
      path: '/contacts/:id',
      about,
      summary: 'A person with their records, and the latest 200 of what was decided, sent and answered.',
      scope: 'read',
      params: byId,
      answer: person,
      respond: ({ caller: { workspaceId }, params }) => show({ workspaceId, ...params }),
    }),
    route({
      method: 'patch',
      path: '/contacts/:id',
      about,
      summary: 'Changes what is known of a person here; taking doNotSurvey away takes it off all their records.',
      scope: 'contacts:write',
      params: byId,
      body: z
        .strictObject({
          test: z.boolean(),
          doNotSurvey: z.boolean(),
          language: languageTag.nullable(),
          timeZone: timeZone.nullable(),
        })
        .partial(),
      answer: person,
      refusals: { 502: 'A record could not be changed.', 503: 'A record cannot be changed now.' },
      does: 'contact.change',
      respond: async ({ caller: { workspaceId }, params, body }) => {
        await changePerson(context, { workspaceId, ...params }, withoutUndefined(body));
        return show({ workspaceId, ...params });
      },
    }),
    route({
      method: 'post',
      path: '/contacts/:id/merge',
      about,
      summary: 'Two people are one: this one goes up in the other.',
      scope: 'contacts:write',
      params: byId,
      body: z.strictObject({ into: id.describe('The other person’s id.') }),
      does: 'contact.merge',
      respond: ({ caller: { workspaceId }, params, body }) =>
        joinPeople(context, { workspaceId, loser: params.id, winner: body.into }),
    }),
  ];
}
