import { randomBytes, randomUUID } from 'node:crypto';
import { type Metric, ratingPosition, scaleFor } from '../../src/model/scale.ts';
import { decision, verdict } from '../../src/modules/decisions/tables.ts';
import { intent, invitation } from '../../src/modules/invitations/tables.ts';
import { response } from '../../src/modules/responses/tables.ts';
import { resolution, ticket } from '../../src/modules/tickets/tables.ts';
import type { Queryable } from '../../src/platform/database/database.ts';
import { defaultWorkspace as workspaceId } from '../../src/platform/workspaces/queries.ts';
import { agents, comments } from './quarter-words.ts';

export type About = { survey: string; surveyId: string; surveyVersion: number; metric: Metric; scale: number };
export type SeededContact = { id: string; name: string; email: string; lastAsked?: { at: Date; survey: string } };

export type Played = {
  contact: SeededContact;
  connectionId: string;
  about: About;
  resolvedAt: Date;
  /** From 0 to 1: the better, the happier is whoever answers. */
  mood: number;
  now: Date;
  chance: () => number;
};

const day = 86_400_000;
const quietPeriod = 7 * day;

/** What there is to insert, by table. */
export type Rows = Readonly<Record<keyof typeof tables, object[]>>;

/** Each after those that it refers to. */
const tables = { ticket, resolution, decision, verdict, invitation, intent, response };

export function noRows(): Rows {
  return { ticket: [], resolution: [], decision: [], verdict: [], invitation: [], intent: [], response: [] };
}

/** Inserts them by the hundred: one by one they would take an embedded database many seconds. */
export async function insertRows(tx: Queryable, rows: Rows): Promise<void> {
  for (const [name, table] of Object.entries(tables)) {
    const ofTable = rows[name as keyof Rows];
    for (let from = 0; from < ofTable.length; from += 200) {
      await tx.insert(table).values(ofTable.slice(from, from + 200) as never);
    }
  }
}

/** One ticket with what came of it: mostly a question, and now and then an answer. */
export function playTicket(rows: Rows, played: Played): void {
  const { contact, about, resolvedAt, now, chance } = played;
  const { ticketId, resolutionId, agent } = addTicket(rows, played);
  const last = contact.lastAsked;
  const isTooSoon = last !== undefined && resolvedAt.getTime() - last.at.getTime() < quietPeriod;
  const dueAt = new Date(resolvedAt.getTime() + (about.metric === 'nps' ? day : 15 * 60_000));
  const said = isTooSoon ? tooSoon(about, resolvedAt, last) : asked(about);
  const decisionId = addDecision(rows, played, resolutionId, said);
  if (isTooSoon) return;
  const isBounced = chance() < 0.02;
  const isAnswered = !isBounced && dueAt < now && chance() < 0.42;
  const answeredAt = new Date(dueAt.getTime() + (5 + chance() * 900) * 60_000);
  const status =
    dueAt > now ? 'scheduled' : isBounced ? 'bounced' : isAnswered && answeredAt < now ? 'answered' : 'sent';
  const id = randomBytes(16).toString('base64url');
  rows.invitation.push({
    ...{ id, workspaceId, decisionId, resolutionId, ticketId, contactId: contact.id, email: contact.email, status },
    ...{ surveyId: about.surveyId, surveyVersion: about.surveyVersion, language: 'en', createdAt: resolvedAt },
    dueAt: status === 'scheduled' ? dueAt : null,
    sentAt: status === 'scheduled' ? null : dueAt,
    expiresAt: new Date(dueAt.getTime() + 28 * day),
    endReason: isBounced ? bounced : null,
  });
  if (status !== 'scheduled') contact.lastAsked = { at: dueAt, survey: about.survey };
  if (status === 'answered') addAnswer(rows, played, { invitationId: id, answeredAt, agent });
}

const asked = ({ survey }: About) => ({
  verdict: 'asked' as const,
  reason: 'asked',
  reasonParams: { kind: 'sent', survey },
});
const bounced = {
  code: 'bounced',
  params: { why: { code: 'email.recipient_refused', params: { status: '550 5.1.1' } } },
} as const;
const tooSoon = (
  { survey }: About,
  resolvedAt: Date,
  { at, survey: other }: NonNullable<SeededContact['lastAsked']>,
) => ({
  verdict: 'skipped' as const,
  reason: 'quiet_period',
  reasonParams: {
    ...{ kind: at > resolvedAt ? 'scheduled' : 'asked', survey, other, period: 'P7D' },
    ...{ at: at.toISOString(), ends: new Date(at.getTime() + quietPeriod).toISOString() },
  },
});

function addTicket(rows: Rows, { contact, connectionId, resolvedAt, chance }: Played) {
  const ticketId = randomUUID();
  const resolutionId = randomUUID();
  const externalId = String(Math.floor(100_000 + chance() * 899_999)) + ticketId.slice(0, 2).replace(/\D/gu, '7');
  const agent = agents[Math.floor(chance() * agents.length)];
  rows.ticket.push({
    ...{ id: ticketId, workspaceId, connectionId, externalId, contactId: contact.id },
    ...{ state: 'resolved' as const, resolutions: 1, refreshedAt: resolvedAt, updatedAt: resolvedAt },
  });
  rows.resolution.push({
    ...{ id: resolutionId, workspaceId, ticketId, n: 1, resolvedAt, exact: true, seenOpen: true },
    ...{ firstSeenAt: resolvedAt, channel: 'email', ...agent },
  });
  return { ticketId, resolutionId, agent: agent?.agent ?? null };
}

function addDecision(
  rows: Rows,
  { contact, about, resolvedAt }: Played,
  resolutionId: string,
  said: ReturnType<typeof asked> | ReturnType<typeof tooSoon>,
): string {
  const id = randomUUID();
  const of = { workspaceId, resolutionId, surveyId: about.surveyId, contactId: contact.id };
  rows.decision.push({ id, ...of, ...said, decidedAt: resolvedAt });
  rows.verdict.push({ workspaceId, decisionId: id, ...said, at: resolvedAt });
  return id;
}

const opened = { code: 'quarantined', params: { signs: [{ code: 'all_links', params: { numbers: 11 } }] } } as const;

function addAnswer(
  rows: Rows,
  { contact, about, mood, chance }: Played,
  { invitationId, answeredAt, agent }: { invitationId: string; answeredAt: Date; agent: string | null },
): void {
  const rating = ratingIn(about, mood, chance);
  const said = comments[ratingPosition(scaleFor(about.metric, about.scale), rating)];
  const comment = chance() < 0.55 ? (said[Math.floor(chance() * said.length)] ?? null) : null;
  const roll = chance();
  const status = roll < 0.05 ? 'unconfirmed' : roll < 0.065 ? 'quarantined' : roll < 0.075 ? 'retracted' : 'confirmed';
  const { metric, scale, surveyId, surveyVersion } = about;
  rows.intent.push({ workspaceId, invitationId, kind: 'open', rating, at: answeredAt });
  rows.response.push({
    ...{ id: randomUUID(), workspaceId, invitationId, contactId: contact.id, surveyId, surveyVersion },
    ...{ surveyKey: about.survey, agent },
    ...{ metric, scale, rating, comment, status, onRecord: status === 'confirmed' },
    confirmedBy: status === 'confirmed' ? 'submit' : null,
    statusReason: status === 'quarantined' ? opened : null,
    ...{ language: 'en', answeredAt, ratedAt: answeredAt, changedAt: answeredAt },
  });
}

function ratingIn({ metric, scale }: About, mood: number, chance: () => number): number {
  const happy = chance() < 0.5 + 0.3 * mood;
  if (metric === 'nps') return happy ? 9 + Math.floor(chance() * 2) : Math.floor(2 + chance() * 7);
  return happy ? scale - Math.floor(chance() * 1.6) : 1 + Math.floor(chance() * (scale - 1));
}
