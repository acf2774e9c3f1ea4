import { sql } from 'drizzle-orm';
import type { Metric } from '../../../model/scale.ts';
import { type Queryable, rows } from '../../../platform/database/database.ts';
import { survey } from '../../surveys/tables.ts';
import type { RolledSpan } from '../spans.ts';
import { reportCount } from '../tables.ts';
import type { AnsweredCount, Counting, InvitedCount } from './report-counts.ts';
import { forEachRating } from './roll-ups.ts';

type Counted = {
  key: string | null;
  metric: Metric;
  scale: number;
  invited: number;
  bounced: number;
  answered: number;
  confirmed: number[];
  unconfirmed: number;
  quarantined: number;
  others: number;
};

const times: readonly Counting['by'][] = ['day', 'week', 'month'];

/** How roll-ups tell what is requested; nothing where only the rows do. */
export function rolledDimension({ by, connection }: Counting): string | undefined {
  const isWhole = by === undefined || by === 'survey' || times.includes(by);
  if (isWhole) return connection === undefined ? 'none' : 'connection';
  return connection === undefined ? by : undefined;
}

/** What the roll-ups of these spans count. @param keys of the parts, where they are told apart by time */
export async function readRollUps(
  db: Queryable,
  counting: Counting,
  { spans, dimension, keys }: { spans: readonly RolledSpan[]; dimension: string; keys: readonly string[] },
): Promise<{ invited: InvitedCount[]; answered: AnsweredCount[] }> {
  if (spans.length === 0) return { invited: [], answered: [] };
  const { by, connection, metric, surveys } = counting;
  const isByTime = times.includes(by);
  const key = isByTime ? sql`span.part::text` : by === 'survey' ? sql`v.key` : by ? sql`c.value` : sql`null::text`;
  const listed = spans.map(({ part, unit, from, until }) => ({ part, unit, from, until }));
  const counted = await rows<Counted>(
    db,
    sql`select ${key} as key, c.metric, c.scale, sum(c.invited)::int as invited, sum(c.bounced)::int as bounced,
          sum(c.answered)::int as answered, json_build_array(${forEachRating((rating) => sql.raw(`sum(c.confirmed[${rating + 1}])::int`))}) as confirmed,
          sum(c.unconfirmed)::int as unconfirmed, sum(c.quarantined)::int as quarantined, sum(c.others)::int as others
        from jsonb_to_recordset(${JSON.stringify(listed)}::jsonb)
          as span(part int, unit text, "from" timestamptz, "until" timestamptz)
        cross join jsonb_array_elements_text(${JSON.stringify(surveys)}::jsonb) as asked(id)
        join ${reportCount} c on c.survey_id = asked.id::uuid and c.dimension = ${dimension} and c.unit = span.unit
          and c.starts_at >= span."from" and c.starts_at < span."until"
        join ${survey} v on v.id = c.survey_id
        where ${metric === undefined ? sql`true` : sql`c.metric = ${metric}`}
          and ${connection === undefined ? sql`true` : sql`c.value = ${connection}`}
        group by 1, 2, 3`,
  );
  const told = isByTime ? counted.map((row) => ({ ...row, key: keys[Number(row.key)] ?? null })) : counted;
  return {
    invited: told.flatMap(({ key: of, metric: asked, invited, bounced, answered }) =>
      invited === 0 ? [] : [{ key: of, metric: asked, invited, bounced, answered }],
    ),
    answered: told.flatMap(listAnswered),
  };
}

/** Of what is not confirmed no rating is told. */
function listAnswered({ key, metric, scale, confirmed, ...row }: Counted): AnsweredCount[] {
  if (scale === 0) return [];
  const of = { key, metric, scale };
  const others = [
    { ...of, rating: 0, status: 'unconfirmed' as const, count: row.unconfirmed },
    { ...of, rating: 0, status: 'quarantined' as const, count: row.quarantined },
    { ...of, rating: 0, status: 'pending' as const, count: row.others },
  ];
  const ratings = confirmed.map((count, rating) => ({ ...of, rating, status: 'confirmed' as const, count }));
  return [...ratings, ...others].filter(({ count }) => count > 0);
}
