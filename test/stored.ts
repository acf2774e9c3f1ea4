import { randomUUID } from 'node:crypto';
import type { ContactSnapshot } from '../src/model/contact.ts';
import type { TicketSnapshot } from '../src/model/ticket.ts';
import { ensureWorkspace } from '../src/modules/accounts/queries/workspaces.ts';
import { type ConnectionRow, createConnection } from '../src/modules/connections/queries/connections.ts';
import { updateContact } from '../src/modules/contacts/queries/contacts.ts';
import { refreshCrmFields } from '../src/modules/contacts/queries/crm-fields.ts';
import { ensureContact } from '../src/modules/contacts/queries/recognize.ts';
import type { Judgement } from '../src/modules/decisions/decide.ts';
import { type DecisionRow, recordVerdict } from '../src/modules/decisions/queries/decisions.ts';
import { addInvitation, type InvitationRow } from '../src/modules/invitations/queries/invitations.ts';
import { addResponse, type ResponseRow } from '../src/modules/responses/queries/responses.ts';
import { applySurveys, listSurveys, type VersionedSurvey } from '../src/modules/surveys/queries/surveys.ts';
import { surveyDefinition } from '../src/modules/surveys/survey.ts';
import {
  addResolution,
  lockTicket,
  type ResolutionRow,
  type TicketRow,
  updateTicket,
} from '../src/modules/tickets/queries/tickets.ts';
import type { Database } from '../src/platform/database/database.ts';
import { noMetrics } from '../src/platform/metrics.ts';

export const now = new Date('2026-11-22T10:00:00Z');
export const second = 1000;
export const minute = 60 * second;
export const day = 24 * 60 * minute;

/** So many milliseconds after the tests' now; before it when negative. */
export function after(milliseconds: number): Date {
  return new Date(now.getTime() + milliseconds);
}

/** A workspace that no other test knows. */
export async function aWorkspace({ db }: Database): Promise<string> {
  const id = `workspace-${randomUUID()}`;
  await ensureWorkspace(db, id, now);
  return id;
}

export async function aConnection(
  database: Database,
  { workspaceId, connector = 'hubspot' }: { workspaceId?: string; connector?: string } = {},
): Promise<ConnectionRow> {
  const values = { workspaceId: workspaceId ?? (await aWorkspace(database)), connector, origin: 'environment' };
  return createConnection(database.db, values, now);
}

let lastId = 100;

/** An id as a vendor gives one: never twice. */
export function aVendorId(): string {
  lastId += 1;
  return String(lastId);
}

/** A contact whom this connection shows. @returns the contact's id */
export async function aContact(
  database: Database,
  { id: connectionId, workspaceId }: ConnectionRow,
  shown: Partial<ContactSnapshot> = {},
): Promise<string> {
  const snapshot = { id: aVendorId(), emails: [], ...shown };
  const of = { workspaceId, connectionId };
  const { contactId } = await database.transaction((tx) => ensureContact(tx, of, snapshot, now));
  return contactId;
}

export async function aSurvey({ db }: Database, workspaceId: string, key = 'after-ticket'): Promise<VersionedSurvey> {
  const others = await listSurveys(db, workspaceId);
  const definition = surveyDefinition.parse({ key, metric: 'nps', status: 'live' });
  const rest = others.map((other) => ({ ...other.content, key: other.key, status: other.status }));
  await applySurveys(db, workspaceId, 'file', [...rest, definition], now);
  const found = (await listSurveys(db, workspaceId)).find((survey) => survey.key === key);
  if (!found) throw new Error('a survey that was applied is not listed');
  return found;
}

/** A ticket of this contact that was just resolved. */
export async function aResolution(
  database: Database,
  { id: connectionId, workspaceId }: ConnectionRow,
  { contactId, externalId = aVendorId(), agent }: { contactId?: string; externalId?: string; agent?: string } = {},
): Promise<{ ticket: TicketRow; resolution: ResolutionRow }> {
  const snapshot: TicketSnapshot = {
    id: externalId,
    state: 'resolved',
    tags: [],
    ...(agent === undefined ? {} : { agent: { id: '7', name: agent } }),
  };
  return database.transaction(async (tx) => {
    const ticket = await lockTicket(tx, { workspaceId, connectionId, externalId }, now);
    await updateTicket(tx, ticket.id, { state: 'resolved', contactId: contactId ?? null });
    const resolution = await addResolution(tx, ticket, { snapshot, resolvedAt: now, seenOpen: true, now });
    return { ticket, resolution };
  });
}

export const asked: Judgement = {
  verdict: 'asked',
  reason: { code: 'asked', params: { kind: 'sent', survey: 'after-ticket' } },
  notes: [],
};

export type Asked = {
  connection: ConnectionRow;
  contactId: string;
  survey: VersionedSurvey;
  ticket: TicketRow;
  decision: DecisionRow;
  invitation: InvitationRow;
};

/** A contact who is asked about a ticket of theirs. */
export async function anInvitation(
  database: Database,
  connection: ConnectionRow,
  {
    email = 'ann@example.com',
    survey,
    agent,
    ...values
  }: Partial<InvitationRow> & { email?: string; survey?: VersionedSurvey; agent?: string } = {},
): Promise<Asked> {
  const { workspaceId } = connection;
  const theSurvey = survey ?? (await aSurvey(database, workspaceId));
  const contactId = values.contactId ?? (await aContact(database, connection, { email }));
  const { ticket, resolution } = await aResolution(database, connection, {
    contactId,
    ...(agent === undefined ? {} : { agent }),
  });
  return database.transaction(async (tx) => {
    const of = { workspaceId, resolutionId: resolution.id, surveyRequestId: null, surveyId: theSurvey.id, contactId };
    const decision = await recordVerdict(tx, { metrics: noMetrics }, of, asked, values.createdAt ?? now);
    const invitation = await addInvitation(tx, {
      workspaceId,
      decisionId: decision.id,
      resolutionId: resolution.id,
      ticketId: ticket.id,
      connectionId: connection.id,
      surveyId: theSurvey.id,
      surveyVersion: theSurvey.version,
      contactId,
      email,
      dueAt: now,
      createdAt: now,
      ...values,
    });
    return { connection, contactId, survey: theSurvey, ticket, decision, invitation };
  });
}

/** They answered, and their score says so. */
export async function anAnswer(
  database: Database,
  { connection, contactId, survey, invitation }: Asked,
  {
    metric = 'nps',
    scale = 10,
    rating = 9,
    comment = null,
    at = now,
  }: Partial<Pick<ResponseRow, 'metric' | 'scale' | 'rating' | 'comment'>> & { at?: Date } = {},
): Promise<ResponseRow> {
  const { workspaceId } = connection;
  return database.transaction(async (tx) => {
    const answer = await addResponse(tx, {
      workspaceId,
      invitationId: invitation.id,
      contactId,
      surveyId: survey.id,
      surveyVersion: survey.version,
      metric,
      scale,
      rating,
      comment,
      confirmedBy: 'submit',
      answeredAt: at,
      ratedAt: at,
      changedAt: at,
    });
    await refreshCrmFields(tx, { workspaceId, contactId }, at, { change: 'answered' });
    return answer;
  });
}

/** They were asked then, which alone changes what should stand on their records. */
export function lastAsked(database: Database, workspaceId: string, contactId: string, at: Date): Promise<string[]> {
  return database.transaction(async (tx) => {
    await updateContact(tx, contactId, { lastAskedAt: at });
    return refreshCrmFields(tx, { workspaceId, contactId }, at);
  });
}
