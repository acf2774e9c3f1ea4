import { z } from 'zod';
import { emailAddress } from '../../model/email-address.ts';
import { category, metric, scaleFor } from '../../model/scale.ts';
import { asReason, renderFor } from '../../platform/http/messages.ts';
import { type Plain, type Route, type RouteInput, route } from '../../platform/http/route.ts';
import { byId, id, timeZone, utcTimestamp, withoutUndefined } from '../../platform/http/shapes.ts';
import {
  addressStatesOfContact,
  asContact,
  type ContactReference,
  categoryName,
  changeContact,
  contactItem,
  findRatings,
  findReferencedContact,
  joinContacts,
  liftBounces,
  listContacts,
  type Rated,
  surveysUnsubscribedFrom,
  trendBetween,
} from '../contacts/index.ts';
import { asDecision, decisionItem, listDecisions, reasonShape, verdictShape } from '../decisions/index.ts';
import { asInvitation, type InvitationsContext, invitationItem, listInvitations } from '../invitations/index.ts';
import { asResponse, listResponses, responseItem } from '../responses/index.ts';
import { languageTag } from '../surveys/index.ts';
import { nextAskings } from './next-survey.ts';

const latest = { limit: 200 };

const metricFigures = z.strictObject({
  metric,
  count: z.int().describe('Number of responses that count.'),
  latest: z.int(),
  previous: z.int().nullable(),
  trend: z.enum(['up', 'same', 'down', 'first']),
  ratings: z
    .array(
      z.strictObject({
        at: utcTimestamp,
        survey: z.string(),
        scale: z.int(),
        rating: z.int(),
        category: categoryName,
        comment: z.string().nullable(),
      }),
    )
    .describe('Newest first.'),
});

const nextAsking = z.strictObject({
  survey: z.string(),
  metric,
  verdict: verdictShape,
  ...reasonShape,
  from: utcTimestamp.nullable().describe('When the contact can be asked. Null if that is not foreseeable.'),
});

export const contactDetails = contactItem
  .extend({
    metrics: z.array(metricFigures).describe('Ratings by metric.'),
    asking: z.array(nextAsking).describe('What each live survey would decide on a survey request made now.'),
    unsubscribedFrom: z
      .array(z.strictObject({ survey: z.string(), at: utcTimestamp }))
      .describe('Keys of surveys that the contact unsubscribed from.'),
    addressStates: z
      .array(
        z.strictObject({
          address: z.string(),
          kind: z.enum(['bounce', 'complaint']),
          reason: z.string(),
          at: utcTimestamp,
        }),
      )
      .describe('Addresses that get no email, former ones included.'),
    decisions: z.array(decisionItem),
    invitations: z.array(invitationItem),
    responses: z.array(responseItem),
  })
  .meta({ id: 'ContactDetails' });

const about = 'Contacts';

/** `GET` and `PATCH /api/contacts/:id`; `POST …/bounces/lift`; `POST …/merge` with `{"into": …}`: these two are one contact. */
export function contactRoutes(context: InvitationsContext): readonly Route[] {
  const { db } = context.database;

  async function show(of: ContactReference, sent: Pick<RouteInput, 'caller' | 'language'>) {
    const say = await renderFor(context, sent);
    const found = await findReferencedContact(context, of);
    const { workspaceId, id: contact } = found;
    const [shown] = (await listContacts(db, workspaceId, { id: contact }, { limit: 1 })).items;
    if (!shown) throw new Error('a contact who is not listed');
    const { items: decisions } = await listDecisions(db, workspaceId, { contact }, latest);
    const { items: invitations } = await listInvitations(db, workspaceId, { contact }, latest);
    const { items: responses } = await listResponses(db, workspaceId, { contact }, latest);
    return {
      ...asContact(shown, say),
      metrics: figuresOf(await findRatings(db, contact, latest.limit)),
      asking: (await nextAskings(context, found)).map(({ reason: { code, params }, ...one }) => ({
        ...one,
        ...asReason({ reason: code, reasonParams: params }, say),
      })),
      unsubscribedFrom: await surveysUnsubscribedFrom(db, contact),
      addressStates: (await addressStatesOfContact(db, contact)).map(({ invitationId: _of, ...state }) => state),
      decisions: decisions.map((row) => asDecision(row, say)),
      invitations: invitations.map((row) => asInvitation(row, say)),
      responses: responses.map((row) => asResponse(row, say)),
    };
  }

  return [
    route({
      method: 'get',
      path: '/contacts/:id',
      about,
      summary:
        'Gets a contact with records, ratings, next possible survey, and the latest 200 decisions, invitations and responses.',
      scope: 'read',
      params: byId,
      answer: contactDetails,
      respond: ({ params, ...sent }) => show({ workspaceId: sent.caller.workspaceId, ...params }, sent),
    }),
    route({
      method: 'patch',
      path: '/contacts/:id',
      about,
      summary: 'Updates a contact. Setting doNotSurvey to false also clears it on all their records.',
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
      answer: contactDetails,
      refusals: {
        502: 'A record in a connected account could not be changed.',
        503: 'A connected account does not answer.',
      },
      does: 'contact.change',
      respond: async ({ params, body, ...sent }) => {
        const named = { workspaceId: sent.caller.workspaceId, ...params };
        await changeContact(context, named, withoutUndefined(body));
        return show(named, sent);
      },
    }),
    route({
      method: 'post',
      path: '/contacts/:id/bounces/lift',
      about,
      summary: 'Lifts bounces and complaints of one or all addresses of a contact.',
      scope: 'contacts:write',
      params: byId,
      body: z.strictObject({ address: emailAddress.optional() }),
      answer: contactDetails,
      refusals: { 404: 'None of the addresses has a bounce or complaint.' },
      does: 'bounce.lift',
      isNoted: true,
      respond: async ({ params, body, ...sent }) => {
        const { workspaceId, actor } = sent.caller;
        await liftBounces(context, { workspaceId, actor, ...params, ...withoutUndefined(body) });
        return show({ workspaceId, ...params }, sent);
      },
    }),
    route({
      method: 'post',
      path: '/contacts/:id/merge',
      about,
      summary: 'Merges a contact into another.',
      scope: 'contacts:write',
      params: byId,
      body: z.strictObject({ into: id.describe('ID of the contact to merge into.') }),
      does: 'contact.merge',
      respond: ({ caller: { workspaceId }, params, body }) =>
        joinContacts(context, { workspaceId, loser: params.id, winner: body.into }),
    }),
  ];
}

/** Their history by metric. @param rated the newest first */
function figuresOf(rated: readonly Rated[]): Plain<z.output<typeof metricFigures>>[] {
  const byMetric = Map.groupBy(rated, (row) => row.metric);
  return [...byMetric].flatMap(([of, rows]) => {
    const [latest, previous] = rows;
    if (!latest) return [];
    const ratings = rows.map(({ metric: _same, ...row }) => ({
      ...row,
      category: category(scaleFor(of, row.scale), row.rating),
    }));
    const trend = trendBetween(latest.rating, previous?.rating);
    const counted = { metric: of, count: rows.length, latest: latest.rating };
    return [{ ...counted, previous: previous?.rating ?? null, trend, ratings }];
  });
}
