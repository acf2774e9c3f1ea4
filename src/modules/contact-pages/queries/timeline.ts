import { type SQL, sql } from 'drizzle-orm';
import { type Category, category, type Metric, scaleFor } from '../../../model/scale.ts';
import { audit } from '../../../platform/audit/tables.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { inOrder, type Listed, type Page, readPage } from '../../../platform/database/page.ts';
import { user } from '../../accounts/tables.ts';
import { connection } from '../../connections/tables.ts';
import { contact, unsubscription } from '../../contacts/tables.ts';
import { decision, verdict } from '../../decisions/tables.ts';
import { intent, invitation } from '../../invitations/tables.ts';
import { crmFields, recordLink } from '../../records/tables.ts';
import { response } from '../../responses/tables.ts';
import { survey } from '../../surveys/tables.ts';
import { resolution, ticket } from '../../tickets/tables.ts';

/** In the order in which those of one moment come about. */
const happenings = [
  'decided',
  'scheduled',
  'sent',
  'opened',
  'answered',
  'changed',
  'unsubscribed',
  'retracted',
  'restored',
  'corrected',
  'edited',
  'ended',
  'written',
] as const;

/** Something that happened with a contact; what else there is to tell depends on its kind. */
export type Happening = {
  id: string;
  kind: (typeof happenings)[number];
  at: Date;
  category?: Category;
} & Record<string, unknown>;

const columns = {
  at: { of: sql`happening.at`, as: 'timestamptz' },
  turn: {
    of: sql`array_position(array[${sql.join(
      happenings.map((kind) => sql.raw(`'${kind}'`)),
      sql`, `,
    )}], happening.kind)`,
    as: 'bigint',
  },
  id: { of: sql`happening.id`, as: 'text' },
} as const;

/** Everything between a contact and us, the newest first. */
export async function listTimeline(
  db: Queryable,
  { workspaceId, contactId }: { workspaceId: string; contactId: string },
  page: Page,
): Promise<Listed<Happening>> {
  const newest = ['at', 'turn'].map((by) => ({ by, descending: true }));
  const order = inOrder(columns, newest, page);
  const told = sql.join(parts(workspaceId, contactId), sql` union all `);
  const afterPlace = (place: readonly SQL[]) =>
    db
      .select({
        place: order.place,
        id: sql<string>`happening.id`,
        kind: sql<Happening['kind']>`happening.kind`,
        at: sql<Date>`happening.at`.mapWith(contact.createdAt),
        of: sql<Record<string, unknown>>`happening.told`,
      })
      .from(sql`(${told}) as happening (kind, id, at, told)`)
      .where(sql.join([sql`true`, ...place], sql` and `));
  const { items, ...rest } = await readPage(db, order, page, afterPlace);
  return { items: items.map(({ of, ...row }) => ({ ...row, ...of, ...named(of) })), ...rest };
}

/** By a column of what is told, so that the name of a rating is the domain's. */
function named({ metric, scale, rating }: Record<string, unknown>): { category?: Category } {
  if (typeof metric !== 'string' || typeof rating !== 'number') return {};
  return { category: category(scaleFor(metric as Metric, Number(scale)), rating) };
}

/** One of each kind: what it is called, its own id, when it was, and what it tells. */
function parts(workspaceId: string, contactId: string): SQL[] {
  const part = (kind: SQL, own: SQL, at: SQL, told: SQL, from: SQL) =>
    sql`select ${kind}, ${kind} || ':' || ${own}, ${at}, jsonb_build_object(${told}) from ${from}`;
  const asking = sql`'decision', d.id, 'survey', s.key, 'connector', k.connector, 'connection', k.id, 'ticket', t.external_id`;
  const ofDecision = sql`left join ${survey} s on s.id = d.survey_id
    left join ${resolution} r on r.id = d.resolution_id
    left join ${ticket} t on t.id = r.ticket_id left join ${connection} k on k.id = t.connection_id`;
  const invited = sql`${invitation} i join ${decision} d on d.id = i.decision_id ${ofDecision}`;
  const theirs = sql`where i.contact_id = ${contactId}`;
  const answer = sql`'response', a.id, 'decision', d.id, 'survey', s.key, 'connector', k.connector, 'connection', k.id,
    'ticket', t.external_id, 'metric', a.metric, 'scale', a.scale, 'rating', a.rating, 'comment', a.comment,
    'status', a.status, 'statusReason', a.status_reason`;
  const answered = sql`${response} a join ${survey} s on s.id = a.survey_id
    left join ${invitation} i on i.id = a.invitation_id left join ${decision} d on d.id = i.decision_id
    left join ${ticket} t on t.id = i.ticket_id left join ${connection} k on k.id = t.connection_id`;
  const noted = sql`${audit} n left join ${user} u on u.id = n.actor`;
  const by = sql`'actor', n.actor, 'actorName', u.name`;
  return [
    part(
      sql`'decided'`,
      sql`v.id`,
      sql`v.at`,
      sql`${asking}, 'verdict', v.verdict, 'reasonCode', v.reason, 'reasonParams', v.reason_params`,
      sql`${verdict} v join ${decision} d on d.id = v.decision_id ${ofDecision} where d.contact_id = ${contactId}`,
    ),
    part(
      sql`'scheduled'`,
      sql`md5(i.id)`,
      sql`i.created_at`,
      sql`${asking}, 'status', i.status, 'dueAt', i.due_at, 'waitingFor', i.waiting_for`,
      sql`${invited} ${theirs}`,
    ),
    part(
      sql`'sent'`,
      sql`md5(i.id)`,
      sql`i.sent_at`,
      sql`${asking}, 'status', i.status, 'email', i.email, 'language', i.language, 'remindersSent', i.reminders_sent,
        'expiresAt', i.expires_at`,
      sql`${invited} ${theirs} and i.sent_at is not null`,
    ),
    part(
      sql`'ended'`,
      sql`md5(i.id)`,
      sql`case i.status when 'expired' then coalesce(i.expires_at, i.created_at)
        else coalesce((select max(v.at) from ${verdict} v where v.decision_id = d.id), i.created_at) end`,
      sql`${asking}, 'status', i.status, 'email', i.email, 'endReason', i.end_reason`,
      sql`${invited}
        ${theirs} and i.status in ('bounced', 'expired', 'withdrawn')`,
    ),
    part(
      sql`'opened'`,
      sql`md5(i.id)`,
      sql`o.first`,
      sql`${asking}, 'times', o.times, 'untilAt', o.last, 'tapped', o.tapped, 'byPrograms', o.programs`,
      sql`${invited} join lateral (
          select min(x.at) as first, max(x.at) as last, (count(*) filter (where x.kind in ('open', 'hidden')))::int as times,
            (count(*) filter (where x.scanner is not null or x.kind = 'hidden'))::int as programs,
            coalesce(jsonb_agg(distinct x.rating) filter (where x.rating is not null), '[]'::jsonb) as tapped
          from ${intent} x where x.invitation_id = i.id) o on o.times > 0 ${theirs}`,
    ),
    part(
      sql`'unsubscribed'`,
      sql`'all'`,
      sql`c.unsubscribed_at`,
      sql`'survey', null`,
      sql`${contact} c where c.id = ${contactId} and c.unsubscribed_at is not null`,
    ),
    part(
      sql`'unsubscribed'`,
      sql`s.key`,
      sql`u.at`,
      sql`'survey', s.key`,
      sql`${unsubscription} u join ${survey} s on s.id = u.survey_id where u.contact_id = ${contactId}`,
    ),
    part(sql`'answered'`, sql`a.id`, sql`a.answered_at`, answer, sql`${answered} where a.contact_id = ${contactId}`),
    part(
      sql`'changed'`,
      sql`a.id`,
      sql`a.changed_at`,
      answer,
      // What somebody here changed is told by what is noted of it.
      sql`${answered} where a.contact_id = ${contactId} and a.changed_at > a.answered_at and not exists (
        select 1 from ${audit} n where n.workspace_id = ${workspaceId} and n.subject = a.id::text
          and n.action = 'response.correct' and n.at = a.changed_at)`,
    ),
    part(
      sql`case n.action when 'response.correct' then 'corrected' when 'response.retract' then 'retracted' else 'restored' end`,
      sql`n.id`,
      sql`n.at`,
      sql`'response', a.id, ${by}`,
      sql`${response} a join ${noted} on n.workspace_id = ${workspaceId} and n.subject = a.id::text
          and n.action in ('response.correct', 'response.retract', 'response.restore')
        where a.contact_id = ${contactId}`,
    ),
    part(
      sql`'written'`,
      sql`p.id`,
      sql`coalesce(p.written_at, p.failed_at)`,
      sql`'connector', k.connector, 'connection', k.id, 'record', p.record_id, 'state', p.state,
        'outcome', p.outcome, 'upToDate', p.written_revision = w.revision, 'failed', p.failed_at is not null`,
      sql`${recordLink} p join ${connection} k on k.id = p.connection_id join ${crmFields} w on w.contact_id = p.contact_id
        where p.contact_id = ${contactId} and coalesce(p.written_at, p.failed_at) is not null`,
    ),
    part(
      sql`'edited'`,
      sql`n.id`,
      sql`n.at`,
      sql`${by}, 'action', n.action, 'fields', coalesce(n.detail -> 'fields', '[]'::jsonb)`,
      sql`${noted} where n.workspace_id = ${workspaceId} and n.subject = ${contactId}`,
    ),
  ];
}
