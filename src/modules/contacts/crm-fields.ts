import { type RecordValues, recordFields } from '../../model/crm-field-definitions.ts';
import type { FlagReason } from '../../model/messages/flag-reason.ts';
import type { Response } from '../../model/response.ts';
import { category, type Metric, scaleFor } from '../../model/scale.ts';

/** Why the values on a record last changed. */
export type CrmFieldsChange = 'answered' | 'corrected' | 'retracted' | 'merged' | 'imported';

/**
 * What should stand on a contact's record: a function of their responses on the record alone.
 *
 * A metric that this contact never answered is left out, so that its fields are not touched. `known` names the metrics
 * that stood there before: one of them without a response left is cleared, with count 0.
 */
export function fieldValues(
  responses: readonly Response[],
  context: {
    known: readonly Metric[];
    lastChange: CrmFieldsChange | null;
    lastAskedAt: Date | null;
    /** Puts in words why a contact is flagged, in the language of the workspace. */
    say: (reason: FlagReason) => string;
  },
): RecordValues {
  const byMetric = Map.groupBy(
    [...responses].sort((a, b) => a.answeredAt.getTime() - b.answeredAt.getTime() || (a.id < b.id ? -1 : 1)),
    (response) => response.metric,
  );
  const values: Record<string, string | number | boolean | null> = {};
  for (const metric of new Set([...context.known, ...byMetric.keys()])) {
    Object.assign(values, metricValues(metric, byMetric.get(metric) ?? []));
  }
  if (Object.keys(values).length > 0) {
    const { reason, ...flagged } = flags(byMetric.get('nps') ?? [], byMetric.get('csat') ?? []);
    Object.assign(values, flagged, { feedback_flag_reason: reason && context.say(reason) });
    values.feedback_last_change = context.lastChange;
  }
  if (context.lastAskedAt) values.feedback_last_asked_date = context.lastAskedAt.toISOString();
  return values;
}

/** The metrics whose fields these values hold. */
export function metricsIn(values: RecordValues): readonly Metric[] {
  return (['nps', 'csat', 'ces'] as const).filter((metric) => `${metric}_response_count` in values);
}

/** What is left to say of these values when nothing is known of some of their metrics any more. */
export function forgetMetrics(values: RecordValues, forgotten: readonly Metric[]): RecordValues {
  const left = metricsIn(values).filter((metric) => !forgotten.includes(metric));
  const { feedback_last_asked_date: asked } = values;
  if (left.length === 0) return asked === undefined ? {} : { feedback_last_asked_date: asked };
  return Object.fromEntries(
    Object.entries(values).filter(([key]) => !forgotten.some((metric) => key.startsWith(`${metric}_`))),
  );
}

function metricValues(metric: Metric, answers: readonly Response[]): Record<string, string | number | null> {
  const keys = recordFields.map((field) => field.key).filter((key) => key.startsWith(`${metric}_`));
  const latest = answers.at(-1);
  if (!latest) return { ...Object.fromEntries(keys.map((key) => [key, null])), [`${metric}_response_count`]: 0 };
  const previous = answers.at(-2);
  const all: Record<string, string | number | null> = {
    [`${metric}_latest_rating`]: latest.rating,
    [`${metric}_latest_scale`]: latest.scale,
    [`${metric}_latest_category`]: category(scaleFor(metric, latest.scale), latest.rating),
    [`${metric}_latest_comment`]: latest.comment,
    [`${metric}_latest_date`]: latest.ratedAt.toISOString(),
    [`${metric}_response_count`]: answers.length,
    [`${metric}_previous_rating`]: previous?.rating ?? null,
    [`${metric}_trend`]: trendBetween(latest.rating, previous?.rating),
    [`${metric}_latest_survey`]: latest.survey,
    [`${metric}_latest_ticket`]: latest.ticket,
    [`${metric}_latest_agent`]: latest.agent,
  };
  return Object.fromEntries(keys.map((key) => [key, all[key] ?? null]));
}

export type Trend = 'up' | 'same' | 'down' | 'first';

export function trendBetween(latest: number, previous: number | undefined): Trend {
  if (previous === undefined) return 'first';
  if (latest === previous) return 'same';
  return latest > previous ? 'up' : 'down';
}

/** At risk: the last three CSATs negative and a detractor. Advocate: latest CSAT positive and a promoter. */
function flags(nps: readonly Response[], csat: readonly Response[]) {
  const named = (response: Response | undefined) =>
    response && category(scaleFor(response.metric, response.scale), response.rating);
  const latest = nps.at(-1);
  const [third, second, first] = csat.toReversed();
  const lastThree = [first, second, third];
  const atRisk = named(latest) === 'detractor' && lastThree.every((response) => named(response) === 'negative');
  const advocate = named(latest) === 'promoter' && named(third) === 'positive';
  return { feedback_at_risk: atRisk, feedback_advocate: advocate, reason: reasonOf() };

  function reasonOf(): FlagReason | null {
    if (latest && first && second && third && atRisk) {
      const { rating, scale } = third;
      const before = { first: first.rating, firstScale: first.scale, second: second.rating, secondScale: second.scale };
      return { code: 'at_risk', params: { nps: latest.rating, ...before, third: rating, thirdScale: scale } };
    }
    if (!latest || !third || !advocate) return null;
    return { code: 'advocate', params: { nps: latest.rating, csat: third.rating, scale: third.scale } };
  }
}
