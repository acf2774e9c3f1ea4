import { type SQL, sql } from 'drizzle-orm';
import { type Database, type Queryable, rows } from '../../../platform/database/database.ts';
import type { Period } from '../../../platform/period.ts';
import { invitation } from '../../invitations/tables.ts';
import { response } from '../../responses/tables.ts';
import { surveyVersion } from '../../surveys/tables.ts';
import { resolution, ticket } from '../../tickets/tables.ts';
import { reportCount, reportStale } from '../tables.ts';

/** Any number; one process counts at a time, or two would count a day twice. */
const countingLock = 7_265_224;

/** So many days of a survey at once: a transaction of a second at most. */
const mostDays = 60;

const columns = sql.raw(
  'workspace_id, survey_id, unit, starts_at, dimension, value, metric, scale, invited, bounced, answered, confirmed, unconfirmed, quarantined, others',
);

/** The highest rating that any scale has. */
const highestRating = 10;

/** An array of one expression for each rating. */
export function forEachRating(expression: (rating: number) => SQL): SQL {
  return sql.join(
    Array.from({ length: highestRating + 1 }, (_, rating) => expression(rating)),
    sql`, `,
  );
}

/** Of a sweep, which has more to do; reports read what is left from the rows. */
const mostBatches = 20;

/**
 * Counts days again whose roll-ups are out of date, the newest first. The sweep calls it, every minute. What changes
 * meanwhile marks its day once more.
 */
export async function rollUpStaleDays(database: Database): Promise<void> {
  for (let batch = 0; batch < mostBatches; batch += 1) {
    if (!(await rollUpBatch(database))) return;
  }
}

/** @returns whether there is more to count */
function rollUpBatch(database: Database): Promise<boolean> {
  return database.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${countingLock})`);
    const stale = await rows<{ survey: string; day: string }>(
      tx,
      sql`select distinct survey_id::text as survey, day::text as day from ${reportStale} order by day desc limit ${mostDays}`,
    );
    if (stale.length === 0) return false;
    const chosen = sql`(select survey, day, day::timestamp at time zone 'UTC' as starts_at,
        (day + 1)::timestamp at time zone 'UTC' as ends_at
      from jsonb_to_recordset(${JSON.stringify(stale)}::jsonb) as listed(survey uuid, day date))`;
    // The marks go first: one that comes after this statement stays, and what it marks may be counted already.
    await tx.execute(
      sql`delete from ${reportStale} s using ${chosen} c where s.survey_id = c.survey and s.day = c.day`,
    );
    await tx.execute(sql`delete from ${reportCount} r using ${chosen} c
      where r.survey_id = c.survey and r.unit in ('hour', 'day') and r.starts_at >= c.starts_at and r.starts_at < c.ends_at`);
    await countDays(tx, chosen);
    const months = sql`(select distinct survey, date_trunc('month', starts_at, 'UTC') as starts_at from ${chosen} c)`;
    await tx.execute(sql`delete from ${reportCount} r using ${months} m
      where r.survey_id = m.survey and r.unit = 'month' and r.starts_at = m.starts_at`);
    await sumMonths(
      tx,
      sql`exists (select 1 from ${months} m
        where m.survey = d.survey_id and m.starts_at = date_trunc('month', d.starts_at, 'UTC'))`,
    );
    return stale.length === mostDays;
  });
}

/** `npm run rebuild-rollups`: counts everything again. @returns how many counts there are now */
export function rebuildRollUps(database: Database): Promise<number> {
  return database.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${countingLock})`);
    await tx.execute(sql`delete from ${reportStale}`);
    await tx.execute(sql`delete from ${reportCount}`);
    // A month at a time is sorted in memory.
    await tx.execute(sql`set local work_mem = '64MB'`);
    for (const { month } of await listMonths(tx)) {
      await countDays(
        tx,
        sql`(select id as survey, ${month}::timestamp at time zone 'UTC' as starts_at,
            (${month}::timestamp + interval '1 month') at time zone 'UTC' as ends_at from survey)`,
      );
    }
    await sumMonths(tx, sql`true`);
    const counted = await rows<{ count: number }>(tx, sql`select count(*)::int as count from ${reportCount}`);
    return counted[0]?.count ?? 0;
  });
}

/** Every month, as `2026-11-01`, from the first to the last in which anything was sent or answered. */
function listMonths(tx: Queryable): Promise<{ month: string }[]> {
  return rows<{ month: string }>(
    tx,
    sql`with at as (
          select min(answered_at) as first, max(answered_at) as last from ${response}
          union all
          select least(min(created_at), min(sent_at)), greatest(max(created_at), max(sent_at)) from ${invitation})
        select month::date::text as month from generate_series(
          date_trunc('month', (select min(first) from at) at time zone 'UTC'),
          (select max(last) from at) at time zone 'UTC', interval '1 month') month`,
  );
}

/** The days, as `2026-11-22`, of these surveys in this period whose roll-ups are out of date. */
export async function findStaleDays(
  db: Queryable,
  surveys: readonly string[],
  { from, until }: Period,
): Promise<ReadonlySet<string>> {
  const found = await rows<{ day: string }>(
    db,
    sql`select distinct day::text as day from ${reportStale}
        where survey_id in (select jsonb_array_elements_text(${JSON.stringify(surveys)}::jsonb)::uuid)
          and day >= (${from.toISOString()}::timestamptz at time zone 'UTC')::date
          and day <= (${until.toISOString()}::timestamptz at time zone 'UTC')::date`,
  );
  return new Set(found.map(({ day }) => day));
}

/** @param chosen rows of a survey with the period to count */
async function countDays(tx: Queryable, chosen: SQL): Promise<void> {
  const shown = sql`s.agent, s."group", s.handler, s.brand, s.channel, s.tags, t.connection_id`;
  const invited = sql`select i.workspace_id, i.survey_id, coalesce(i.sent_at, i.created_at) as at,
      v.content ->> 'metric' as metric, 0 as scale, null::int as rating, null as status, 1 as invited,
      (i.status = 'bounced')::int as bounced,
      (i.status <> 'bounced' and coalesce(r.status in ('confirmed', 'retracted'), false))::int as answered,
      i.language, ${shown}
    from ${chosen} c
    join ${invitation} i on i.survey_id = c.survey
    join ${surveyVersion} v on v.survey_id = i.survey_id and v.version = i.survey_version
    left join ${resolution} s on s.id = i.resolution_id
    left join ${ticket} t on t.id = i.ticket_id
    left join ${response} r on r.invitation_id = i.id`;
  const facts = sql`
    select r.workspace_id, r.survey_id, r.answered_at as at, r.metric, r.scale, r.rating, r.status,
      0 as invited, 0 as bounced, 0 as answered, coalesce(r.language, i.language) as language, ${shown}
    from ${chosen} c
    join ${response} r on r.survey_id = c.survey and r.answered_at >= c.starts_at and r.answered_at < c.ends_at
    left join ${invitation} i on i.id = r.invitation_id
    left join ${resolution} s on s.id = i.resolution_id
    left join ${ticket} t on t.id = i.ticket_id
    where not r.test
    union all
    ${invited} where i.sent_at >= c.starts_at and i.sent_at < c.ends_at and i.status <> 'scheduled' and not i.test
    union all
    ${invited} where i.sent_at is null and i.created_at >= c.starts_at and i.created_at < c.ends_at
      and i.status = 'bounced' and not i.test`;
  const confirmed = forEachRating(
    (rating) => sql`(count(*) filter (where status = 'confirmed' and rating = ${sql.raw(String(rating))}))::int`,
  );
  await tx.execute(sql`insert into ${reportCount} (${columns})
    select f.workspace_id, f.survey_id, u.unit, u.starts_at, d.dimension, d.value, f.metric, f.scale,
      sum(invited)::int, sum(bounced)::int, sum(answered)::int, array[${confirmed}],
      (count(*) filter (where status = 'unconfirmed'))::int, (count(*) filter (where status = 'quarantined'))::int,
      (count(*) filter (where status in ('pending', 'retracted')))::int
    from (${facts}) f
    cross join lateral (
      select * from (values ('none', null), ('group', f."group"), ('agent', f.agent), ('handler', f.handler),
        ('brand', f.brand), ('language', f.language), ('channel', f.channel), ('connection', f.connection_id::text)) v
      union all
      select 'tag', tag from (select) one left join jsonb_array_elements_text(f.tags) as tagged(tag) on true
    ) d(dimension, value)
    cross join lateral (values
      ('hour', date_trunc('hour', f.at, 'UTC')), ('day', date_trunc('day', f.at, 'UTC'))) u(unit, starts_at)
    where u.unit = 'day' or d.dimension in ('none', 'connection')
    group by 1, 2, 3, 4, 5, 6, 7, 8`);
}

async function sumMonths(tx: Queryable, where: SQL): Promise<void> {
  const confirmed = forEachRating((rating) => sql.raw(`sum(d.confirmed[${rating + 1}])::int`));
  await tx.execute(sql`insert into ${reportCount} (${columns})
    select d.workspace_id, d.survey_id, 'month', date_trunc('month', d.starts_at, 'UTC'), d.dimension, d.value, d.metric,
      d.scale, sum(d.invited)::int, sum(d.bounced)::int, sum(d.answered)::int, array[${confirmed}],
      sum(d.unconfirmed)::int, sum(d.quarantined)::int, sum(d.others)::int
    from ${reportCount} d where d.unit = 'day' and ${where}
    group by 1, 2, 4, 5, 6, 7, 8`);
}
