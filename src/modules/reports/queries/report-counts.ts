import { and, eq, gte, inArray, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Metric } from '../../../model/scale.ts';
import type { Queryable } from '../../../platform/database/database.ts';
import type { Period, Step } from '../../../platform/period.ts';
import { invitation } from '../../invitations/tables.ts';
import { response } from '../../responses/tables.ts';
import { survey, surveyVersion } from '../../surveys/tables.ts';
import { resolution, ticket } from '../../tickets/tables.ts';

/**
 * What counts can be told apart by. Group, agent, handler, brand, channel and tags are the ticket's, as they were at its
 * resolution; an answer counts under each of its tags.
 */
export const dimensions = [
  'survey',
  'week',
  'month',
  'group',
  'agent',
  'handler',
  'brand',
  'language',
  'channel',
  'tag',
  'connection',
] as const;
export type Dimension = (typeof dimensions)[number];

/** What is counted, and how it is told apart. */
export type Counting = {
  workspaceId: string;
  /** Their ids. */
  surveys: readonly string[];
  /** Only what was asked, and answered, with this metric. */
  metric?: Metric;
  /** Only about tickets of this one. */
  connection?: string;
  by?: Dimension | Step;
  /** In which weeks and months begin. */
  timeZone: string;
};

/** `key` is null where the dimension has no value, and everywhere when nothing is told apart. */
export type InvitedCount = { key: string | null; metric: Metric; invited: number; bounced: number; answered: number };

export type AnsweredCount = {
  key: string | null;
  metric: Metric;
  /** The highest point. */
  scale: number;
  rating: number;
  status: typeof response.$inferSelect.status;
  count: number;
};

/** An email that was refused at once has no `sent_at`; it was on its way no later than it was made. */
const askedAt = sql`coalesce(${invitation.sentAt}, ${invitation.createdAt})`;

const many = sql<number>`count(*)::int`;

const askedMetric = sql<Metric>`${surveyVersion.content} ->> 'metric'`;

/**
 * Who was invited in these spans of time, tests left out. Answered are those of them, whenever it was, whose response was
 * confirmed, even when it was retracted afterwards.
 */
export function countInvited(db: Queryable, counting: Counting, spans: readonly Period[]): Promise<InvitedCount[]> {
  return db
    .select({
      key: keyOf(counting, askedAt, sql`${invitation.language}`),
      metric: askedMetric,
      invited: many,
      bounced: sql<number>`(count(*) filter (where ${invitation.status} = 'bounced'))::int`,
      answered: sql<number>`(count(*) filter (where ${invitation.status} <> 'bounced'
                                              and ${response.status} in ('confirmed', 'retracted')))::int`,
    })
    .from(invitation)
    .innerJoin(survey, eq(survey.id, invitation.surveyId))
    .innerJoin(
      surveyVersion,
      and(eq(surveyVersion.surveyId, invitation.surveyId), eq(surveyVersion.version, invitation.surveyVersion)),
    )
    .leftJoin(resolution, eq(resolution.id, invitation.resolutionId))
    .leftJoin(ticket, eq(ticket.id, invitation.ticketId))
    .leftJoin(tagsIn(counting), sql`true`)
    .leftJoin(response, eq(response.invitationId, invitation.id))
    .where(
      and(
        ...(counting.metric === undefined ? [] : [sql`${askedMetric} = ${counting.metric}`]),
        ...ofConnection(counting),
        eq(invitation.test, false),
        // The surveys stand in each part, so that all find theirs by `invitation_sent`.
        or(
          ...spans.flatMap((span) => [
            and(
              inArray(invitation.surveyId, counting.surveys),
              within(invitation.sentAt, span),
              // What is on its way, or may go again, is not sent yet.
              ne(invitation.status, 'scheduled'),
            ),
            and(
              inArray(invitation.surveyId, counting.surveys),
              isNull(invitation.sentAt),
              within(invitation.createdAt, span),
              eq(invitation.status, 'bounced'),
            ),
          ]),
        ),
      ),
    )
    .groupBy(sql`1`, sql`2`);
}

/** What was answered in these spans of time, by rating and by what became of it; tests left out. */
export function countAnswered(db: Queryable, counting: Counting, spans: readonly Period[]): Promise<AnsweredCount[]> {
  return db
    .select({
      key: keyOf(counting, sql`${response.answeredAt}`, sql`coalesce(${response.language}, ${invitation.language})`),
      metric: response.metric,
      scale: response.scale,
      rating: response.rating,
      status: response.status,
      count: many,
    })
    .from(response)
    .innerJoin(survey, eq(survey.id, response.surveyId))
    .leftJoin(invitation, eq(invitation.id, response.invitationId))
    .leftJoin(resolution, eq(resolution.id, invitation.resolutionId))
    .leftJoin(ticket, eq(ticket.id, invitation.ticketId))
    .leftJoin(tagsIn(counting), sql`true`)
    .where(
      and(
        eq(response.workspaceId, counting.workspaceId),
        // Likewise, by `response_survey`.
        or(
          ...spans.map((span) => and(inArray(response.surveyId, counting.surveys), within(response.answeredAt, span))),
        ),
        ...(counting.metric === undefined ? [] : [eq(response.metric, counting.metric)]),
        ...ofConnection(counting),
        eq(response.test, false),
      ),
    )
    .groupBy(sql`1`, response.metric, response.scale, response.rating, response.status);
}

function within(at: PgColumn, { from, until }: Period): SQL | undefined {
  return and(gte(at, from), lt(at, until));
}

function ofConnection({ connection }: Counting): SQL[] {
  return connection === undefined ? [] : [eq(ticket.connectionId, connection)];
}

/** The ticket's tags, a row each, and one row without where they are not asked for or there are none. */
function tagsIn({ by }: Counting): SQL {
  return by === 'tag'
    ? sql`lateral jsonb_array_elements_text(${resolution.tags}) as tagged(tag)`
    : sql`(select null::text as tag) as tagged`;
}

function keyOf({ by, timeZone }: Counting, at: SQL, language: SQL): SQL<string | null> {
  const keys: Record<Dimension | Step, SQL> = {
    survey: sql`${survey.key}`,
    day: sql`to_char(${at} at time zone ${timeZone}, 'YYYY-MM-DD')`,
    week: sql`to_char(date_trunc('week', ${at} at time zone ${timeZone}), 'YYYY-MM-DD')`,
    month: sql`to_char(${at} at time zone ${timeZone}, 'YYYY-MM')`,
    group: sql`${resolution.group}`,
    agent: sql`${resolution.agent}`,
    handler: sql`${resolution.handler}`,
    brand: sql`${resolution.brand}`,
    channel: sql`${resolution.channel}`,
    tag: sql`tagged.tag`,
    connection: sql`${ticket.connectionId}::text`,
    language,
  };
  return sql<string | null>`${by === undefined ? sql`null::text` : keys[by]}`;
}
