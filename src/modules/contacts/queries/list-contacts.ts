import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { type Category, type Metric, metric } from '../../../model/scale.ts';
import { contains, present } from '../../../platform/database/conditions.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import { inOrder, type Page, readPage, type SortColumn } from '../../../platform/database/page.ts';
import { addressState } from '../../invitations/tables.ts';
import { crmFields, recordLink } from '../../records/tables.ts';
import { ticket } from '../../tickets/tables.ts';
import { contact, contactEmail } from '../tables.ts';
import { ofAddress } from './contacts.ts';
import { listContactRecords } from './listed-records.ts';

export type ContactFilter = {
  id?: string;
  ticket?: string;
  email?: string;
  connection?: string;
  /** A part of the name. */
  name?: string;
  /** A part of its name. */
  company?: string;
  /** Of their latest rating by `metric`, and whether a comment came with it. */
  category?: Category;
  hasComment?: boolean;
  language?: string;
  hasRating?: boolean;
  atRisk?: boolean;
  advocate?: boolean;
  unsubscribed?: boolean;
  bounced?: boolean;
  doNotSurvey?: boolean;
  test?: boolean;
  /** Whose latest rating, comment and date contacts are sorted by. */
  metric?: Metric;
};

export const contactOrders = ['createdAt', 'name', 'lastAskedAt', 'rating', 'comment', 'date'] as const;

const latestOf = (metric: Metric) => (what: string) =>
  sql`${crmFields.values} ->> ${sql.raw(`'${metric}_latest_${what}'`)}`;

function columnsFor(workspaceId: string, metric: Metric): Record<(typeof contactOrders)[number] | 'id', SortColumn> {
  const latest = latestOf(metric);
  const known = eq(crmFields.workspaceId, workspaceId);
  return {
    createdAt: { of: contact.createdAt, as: 'timestamptz' },
    name: { of: sql`lower(left(${contact.name}, 100))`, as: 'text', nullable: true },
    lastAskedAt: { of: contact.lastAskedAt, as: 'timestamptz', nullable: true },
    rating: { of: sql`(${latest('rating')})::double precision`, as: 'double precision', nullable: true, known },
    // An ISO 8601 instant in UTC: its text sorts as its time does.
    date: { of: sql`(${latest('date')})`, as: 'text', nullable: true, known },
    // Who wrote something comes first; nobody looks for comments in the order of their emails.
    comment: {
      of: sql`(case when ${latest('comment')} is not null then ${latest('date')} end)`,
      as: 'text',
      nullable: true,
      known,
    },
    id: { of: contact.id, as: 'uuid' },
  };
}

/** Whether they are never to be asked: somebody here said so, or any of their records does. */
const doNotSurvey = sql<boolean>`(${contact.doNotSurvey} or exists (
  select 1 from ${recordLink} d where d.contact_id = ${contact.id} and d.do_not_survey))`;

/** Since when none of their addresses may be written to: another one of theirs ends it. */
function blockedSince(kind: 'bounce' | 'complaint'): SQL<Date | null> {
  return sql<Date | null>`(
    select case when bool_and(b.at is not null) then max(b.at) end from ${contactEmail} e
    left join ${addressState} b on b.workspace_id = e.workspace_id and b.address = e.address and b.kind = ${kind}
    where e.contact_id = ${contact.id})`;
}

const hasRating = sql<boolean>`(${sql.join(
  metric.options.map((of) => sql`coalesce((${crmFields.values} ->> ${sql.raw(`'${of}_response_count'`)})::int, 0)`),
  sql` + `,
)} > 0)`;

/** Contacts, each with what should stand on their records and what became of every record link. */
export async function listContacts(db: Queryable, workspaceId: string, filter: ContactFilter, page: Page) {
  const order = inOrder(columnsFor(workspaceId, filter.metric ?? 'nps'), [{ by: 'createdAt', descending: true }], page);
  const afterPlace = (place: readonly SQL[]) =>
    db
      .select({
        place: order.place,
        id: contact.id,
        name: contact.name,
        emails: sql<string[]>`(select coalesce(json_agg(e.address order by e.address), '[]'::json)
        from contact_email e where e.contact_id = ${contact.id})`,
        language: contact.language,
        timeZone: contact.timeZone,
        company: contact.company,
        test: contact.test,
        doNotSurvey,
        unsubscribedAt: contact.unsubscribedAt,
        bouncedAt: blockedSince('bounce').mapWith(contact.createdAt),
        complainedAt: blockedSince('complaint').mapWith(contact.createdAt),
        lastAskedAt: contact.lastAskedAt,
        createdAt: contact.createdAt,
        crmFields: crmFields.values,
        records: listContactRecords(contact.id),
      })
      .from(contact)
      .leftJoin(crmFields, eq(crmFields.contactId, contact.id))
      .where(
        and(
          eq(contact.workspaceId, workspaceId),
          isNull(contact.mergedInto),
          isNull(contact.erasedAt),
          ...conditionsOf(workspaceId, filter),
          ...place,
        ),
      );
  return readPage(db, order, page, afterPlace);
}

function conditionsOf(workspaceId: string, filter: ContactFilter): SQL[] {
  const { id, ticket: ticketId, connection, language, test, category } = filter;
  const latest = latestOf(filter.metric ?? 'nps');
  return [
    ...(id === undefined ? [] : [eq(contact.id, id)]),
    ...(ticketId === undefined
      ? []
      : [sql`${contact.id} in (select contact_id from ${ticket} where external_id = ${ticketId})`]),
    ...(connection === undefined
      ? []
      : [sql`${contact.id} in (select contact_id from ${recordLink} where connection_id = ${connection})`]),
    ...ofAddress(workspaceId, contact.id, filter.email),
    ...contains(contact.name, filter.name),
    ...contains(contact.company, filter.company),
    ...(category === undefined ? [] : [sql`${latest('category')} = ${category}`]),
    ...present(sql`(${latest('comment')})`, filter.hasComment),
    ...(language === undefined ? [] : [eq(contact.language, language)]),
    ...(test === undefined ? [] : [eq(contact.test, test)]),
    ...(filter.hasRating === undefined ? [] : [sql`${hasRating} = ${filter.hasRating}`]),
    ...flagged('feedback_at_risk', filter.atRisk),
    ...flagged('feedback_advocate', filter.advocate),
    ...present(contact.unsubscribedAt, filter.unsubscribed),
    ...(filter.bounced === undefined ? [] : [sql`(${blockedSince('bounce')} is not null) = ${filter.bounced}`]),
    ...(filter.doNotSurvey === undefined ? [] : [sql`${doNotSurvey} = ${filter.doNotSurvey}`]),
  ];
}

function flagged(key: string, requested: boolean | undefined): SQL[] {
  if (requested === undefined) return [];
  const carried = sql`${crmFields.values} ->> ${sql.raw(`'${key}'`)} = 'true'`;
  return [requested ? carried : sql`(${carried}) is not true`];
}
