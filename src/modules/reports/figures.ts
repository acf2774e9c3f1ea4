import { category, type Position, points, ratingPosition, type Scale, scaleFor } from '../../model/scale.ts';
import type { AnsweredCount, InvitedCount } from './queries/report-counts.ts';
import type { Figures } from './report.ts';
import { meanRating, netPromoterScore, proportion } from './statistics.ts';

/** Everything that one line of a report says, from the counts that belong to it. */
export function computeFigures(invitations: readonly InvitedCount[], responses: readonly AnsweredCount[]): Figures {
  const invited = sum(invitations.map((row) => row.invited));
  const bounced = sum(invitations.map((row) => row.bounced));
  const answered = sum(invitations.map((row) => row.answered));
  const delivered = invited - bounced;
  return {
    ...{ invited, bounced, delivered, answered },
    responseRate: proportion(answered, delivered),
    scores: scoresOf(responses.filter(({ status }) => status === 'confirmed')),
    unconfirmed: partOf(responses, 'unconfirmed'),
    quarantined: partOf(responses, 'quarantined'),
  };
}

/** What looked like an answer: one that is not judged yet, or was retracted, is neither here nor there. */
const judged: readonly AnsweredCount['status'][] = ['confirmed', 'unconfirmed', 'quarantined'];

function partOf(responses: readonly AnsweredCount[], part: AnsweredCount['status']): Figures['unconfirmed'] {
  const count = sum(responses.filter(({ status }) => status === part).map((row) => row.count));
  const all = sum(responses.filter(({ status }) => judged.includes(status)).map((row) => row.count));
  return { count, share: all === 0 ? null : count / all };
}

function scoresOf(confirmed: readonly AnsweredCount[]): Figures['scores'] {
  const byScale = Map.groupBy(confirmed, ({ metric, scale }) => `${metric} ${String(scale).padStart(2, '0')}`);
  return [...byScale]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, rows]) => {
      const [first] = rows;
      return first ? [scoreOn(scaleFor(first.metric, first.scale), rows)] : [];
    });
}

function scoreOn(scale: Scale, rows: readonly AnsweredCount[]): Figures['scores'][number] {
  const counts = new Map(
    points(scale).map((point) => [point, sum(rows.filter(({ rating }) => rating === point).map((row) => row.count))]),
  );
  const answers = sum([...counts.values()]);
  const at = (position: Position) =>
    sum([...counts].filter(([rating]) => ratingPosition(scale, rating) === position).map(([, count]) => count));
  const isNps = scale.metric === 'nps';
  const score = isNps
    ? netPromoterScore({ promoters: at('top'), passives: at('middle'), detractors: at('bottom') })
    : meanRating(scale, counts);
  if (!score) throw new Error('a score without answers');
  return {
    metric: scale.metric,
    scale: { lowest: scale.lowest, highest: scale.highest },
    answers,
    split: Object.fromEntries(
      points(scale).map((rating) => [category(scale, rating), at(ratingPosition(scale, rating))]),
    ),
    score,
    satisfied: isNps ? null : proportion(at('top'), answers),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
