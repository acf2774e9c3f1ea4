import { type ContactSnapshot, normalizeEmail } from '../../model/contact.ts';
import { BadRequest } from '../../model/errors.ts';
import type { DecisionNote } from '../../model/messages/decision-reason.ts';
import type { FieldMessage } from '../../model/messages/field-message.ts';
import { isZone } from '../../model/zones.ts';
import type { Queryable } from '../../platform/database/database.ts';
import { type ConnectionRow, findConnection, type LiveConnection } from '../connections/index.ts';
import { type ContactRow, ensureContact, ensureContactByEmail, lockContact, refreshOwners } from '../contacts/index.ts';
import {
  addSurveyRequest,
  type DecisionRow,
  decide,
  findDecision,
  findSurveyRequestByKey,
  gatherFacts,
  isTest,
  type RequestedBy,
  recordVerdict,
  type SurveyRequestRow,
  type Verdict,
} from '../decisions/index.ts';
import { findRecordIds } from '../records/index.ts';
import {
  findConditionProperties,
  findSurvey,
  findSurveyByKey,
  freezeDraft,
  surveyKeys,
  type VersionedSurvey,
} from '../surveys/index.ts';
import type { InvitationsContext } from './context.ts';
import { scheduled } from './decide-resolution.ts';
import { limitTests } from './limit-tests.ts';
import { recheckKey } from './queries/due-key.ts';
import { addInvitation, openInvitation } from './queries/invitations.ts';

/**
 * The survey of this key in the version that asks: the one that is live; for a test the draft, else the newest.
 *
 * @throws RequestError naming `survey`
 */
export async function surveyToAsk(
  tx: Queryable,
  { workspaceId, surveyKey, test = false }: { workspaceId: string; surveyKey: string; test?: boolean },
  now: Date,
): Promise<VersionedSurvey> {
  const row = await findSurveyByKey(tx, workspaceId, surveyKey);
  if (!row) {
    const surveys = (await surveyKeys(tx, workspaceId)).map(({ key }) => key);
    throw refuseSurvey({ code: 'field.unknown_survey', params: { surveys } });
  }
  if (!test && row.status !== 'live') {
    throw refuseSurvey({ code: 'field.survey_not_live', params: { status: row.status } });
  }
  const survey = test && row.draft ? await freezeDraft(tx, row, now) : await findSurvey(tx, row.id);
  if (!survey) throw refuseSurvey({ code: 'field.no_version', params: {} });
  return survey;
}

function refuseSurvey(message: FieldMessage): BadRequest {
  return new BadRequest({ code: 'survey_asks_none', params: {} }, { problems: [{ field: 'survey', message }] });
}

/** Whom somebody wants to be asked: a contact we know, or whoever has this address. */
export type SurveyRequestContact =
  | { contactId: string }
  | { email: string; name?: string; language?: string; timeZone?: string; company?: string };

export type SurveyRequest = {
  workspaceId: string;
  surveyKey: string;
  contact: SurveyRequestContact;
  requestedBy: RequestedBy;
  /** What happened, as the caller calls it: the same thing asks once with this survey. */
  key?: string;
  /** Somebody tries it out: a survey that is not live may ask, the rules are passed, and nothing counts. */
  test?: boolean;
  /** The language to ask in, whatever their record says. */
  language?: string;
};

/** What was decided of a wish, as it stands. */
export type SurveyRequestDecision = {
  /** The decision's id, which also names its invitation. */
  id: string;
  contactId: string | null;
  verdict: Verdict;
  /** A rule's code, or what the email waits for, and what its sentence names. */
  reason: string;
  reasonParams: object;
  notes: readonly DecisionNote[];
  /** When the email, or the next reminder, is to leave; null when none is. */
  dueAt: Date | null;
};

/**
 * Asks a contact because somebody wants it, unless a rule speaks against it: decides, and where they are asked makes
 * the invitation, which leaves at once, or when quiet hours end. A contact who is new is made; what is known of others
 * stays. Their records are read again before the email leaves. The same `key` gives the decision that stands.
 *
 * @throws RequestError naming `survey`, `contact.contactId`, `contact.email` or `contact.timeZone`: no such survey, one
 *   that is not live, nobody of that id, what is no address or no time zone
 * @throws TooManyRequests for a test to somebody outside the team, after 20 of those in 24 hours
 */
export async function askContact(context: InvitationsContext, request: SurveyRequest): Promise<SurveyRequestDecision> {
  const address = 'email' in request.contact ? readAddress(request.contact) : '';
  return ask(context, request, {
    address,
    records: [],
    connection: undefined,
    ensure: (tx) =>
      'email' in request.contact
        ? ensureContactByEmail(tx, request.workspaceId, { ...request.contact, email: address }, context.clock())
        : Promise.resolve(request.contact.contactId),
  });
}

/**
 * Asks the contact of a vendor's record, as a step of the vendor's workflow or an agent there wants it: reads the record, recognizes
 * the contact, and decides on what the record shows now.
 *
 * @param request.recordId the vendor's id of the record
 * @param request.key the same for every try of the same step for the same record
 * @throws RequestError naming `recordId` where there is no such record, or as `askContact`
 * @throws UpstreamBusy | UpstreamRefused when the record cannot be read
 */
export async function askRecord(
  context: InvitationsContext,
  live: LiveConnection,
  {
    recordId,
    survey,
    key,
    requestedBy = 'workflow',
  }: { recordId: string; survey: string; key?: string; requestedBy?: RequestedBy },
): Promise<SurveyRequestDecision> {
  const { database, clock, wake } = context;
  const { id: connectionId, workspaceId } = live;
  const properties = await findConditionProperties(database.db, workspaceId);
  const requests = properties.length === 0 ? undefined : { properties };
  const found = (await live.capabilities.contacts?.find({ ids: [recordId] }, requests)) ?? [];
  const record = found.find((candidate) => candidate.id === recordId) ?? found[0];
  if (!record) throw refused('recordId', { code: 'field.unknown_contact', params: { system: live.connector.title } });
  for (const outOfSync of await refreshOwners(context, { workspaceId, connectionId }, [record]))
    await wake('write', outOfSync);
  const recognized = await database.transaction((tx) =>
    ensureContact(tx, { workspaceId, connectionId }, record, clock()),
  );
  for (const outOfSync of recognized.outOfSync) await wake('write', outOfSync);
  const contact = { contactId: recognized.contactId };
  return ask(
    context,
    { workspaceId, surveyKey: survey, contact, requestedBy, ...(key === undefined ? {} : { key }) },
    {
      address: '',
      records: [record],
      connection: await findConnection(database.db, connectionId),
      ensure: async () => recognized.contactId,
    },
  );
}

type Known = {
  /** Normalized; empty where their records say it. */
  address: string;
  records: readonly ContactSnapshot[];
  connection: ConnectionRow | undefined;
  ensure(tx: Queryable): Promise<string>;
};

async function ask(context: InvitationsContext, request: SurveyRequest, known: Known): Promise<SurveyRequestDecision> {
  const { database, clock, wake } = context;
  const { workspaceId, key = null, requestedBy, test = false, language = null } = request;
  const decided = await database.transaction(async (tx) => {
    const survey = await surveyToAsk(tx, request, clock());
    const of = { workspaceId, surveyId: survey.id, key };
    const before = key === null ? undefined : await findSurveyRequestByKey(tx, { ...of, key });
    if (before) return standing(tx, before);
    const contact = await lockContactHere(tx, workspaceId, await known.ensure(tx));
    const added = { ...of, contactId: contact.id, email: known.address, requestedBy, test, createdAt: clock() };
    const surveyRequest = await addSurveyRequest(tx, added);
    // The same thing was said twice at once.
    if (!surveyRequest) return standing(tx, await findSurveyRequestByKey(tx, { ...of, key: key ?? '' }));

    const facts = await gatherFacts(tx, context, { ...known, surveyRequest, contact }, survey);
    const judgement = decide(facts);
    const about = { workspaceId, resolutionId: null, surveyRequestId: surveyRequest.id, surveyId: survey.id };
    const decision = await recordVerdict(tx, context, { ...about, contactId: contact.id }, judgement, clock());
    const email = facts.contact?.email;
    if (judgement.verdict === 'skipped' || email === undefined) return asOutcome(decision, null);
    const connectionId = known.connection?.id ?? (await findConnectionOf(tx, contact.id));
    if (isTest(facts)) await limitTests(tx, { workspaceId, email, now: clock() });
    await addInvitation(tx, {
      ...about,
      decisionId: decision.id,
      surveyVersion: survey.version,
      contactId: contact.id,
      connectionId,
      email,
      test: isTest(facts),
      language,
      ...scheduled(judgement),
      createdAt: clock(),
    });
    return { ...asOutcome(decision, judgement.dueAt), connectionId };
  });
  const { connectionId = null, ...outcome }: SurveyRequestDecision & { connectionId?: string | null } = decided;
  if (outcome.dueAt) await wake('recheck', recheckKey({ workspaceId, connectionId }), outcome.dueAt);
  return outcome;
}

/** A connection in which the contact has a record; its recheck is theirs. */
async function findConnectionOf(tx: Queryable, contactId: string): Promise<string | null> {
  const byConnection = (await findRecordIds(tx, [contactId])).get(contactId);
  return byConnection?.keys().next().value ?? null;
}

async function lockContactHere(tx: Queryable, workspaceId: string, contactId: string): Promise<ContactRow> {
  const contact = await lockContact(tx, contactId);
  if (contact?.workspaceId !== workspaceId)
    throw refused('contact.contactId', { code: 'field.contact_not_here', params: {} });
  return contact;
}

async function standing(tx: Queryable, surveyRequest: SurveyRequestRow | undefined): Promise<SurveyRequestDecision> {
  const of = { resolutionId: null, surveyRequestId: surveyRequest?.id ?? null };
  const decision = surveyRequest && (await findDecision(tx, of, surveyRequest.surveyId));
  if (!decision) throw new Error('a recipient without a decision');
  return asOutcome(decision, (await openInvitation(tx, decision.id))?.dueAt ?? null);
}

function asOutcome(
  { id, contactId, verdict, reason, reasonParams, notes }: DecisionRow,
  dueAt: Date | null,
): SurveyRequestDecision {
  return { id, contactId, verdict, reason, reasonParams, notes, dueAt };
}

function readAddress({ email, timeZone }: { email: string; timeZone?: string }): string {
  const address = normalizeEmail(email);
  if (address === undefined) throw refused('contact.email', { code: 'field.email', params: {} });
  if (timeZone !== undefined && !isZone(timeZone)) {
    throw refused('contact.timeZone', { code: 'field.time_zone', params: {} });
  }
  return address;
}

function refused(field: string, message: FieldMessage): BadRequest {
  return new BadRequest({ code: 'contact_not_asked', params: {} }, { problems: [{ field, message }] });
}
