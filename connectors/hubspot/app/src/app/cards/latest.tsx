import { Flex, Tag, Text } from '@hubspot/ui-extensions';
import React from 'react';
import { fill, type Settings, type Words } from './panel.ts';

const metrics = ['nps', 'csat', 'ces'] as const;

const ofContacts = metrics.flatMap((metric) => [
  ...['latest_rating', 'latest_category', 'latest_comment'].map((key) => `${metric}_${key}`),
  `${metric}_response_count`,
  ...(metric === 'nps' ? ['nps_previous_rating', 'nps_trend'] : [`${metric}_latest_scale`]),
]);
const flags = ['at_risk', 'advocate'] as const;
const ofTickets = ['feedback_rating', 'feedback_category', 'feedback_comment'];

/** The properties that are shown at once, without a call to Scoreback. */
export function listShownProperties(isTicket: boolean, { names }: Settings): string[] {
  const keys = isTicket ? ofTickets : [...ofContacts, ...flags.map((flag) => `feedback_${flag}`)];
  return keys.map((key) => names[key] ?? key);
}

const tones: Readonly<Record<string, 'success' | 'error'>> = {
  ...{ promoter: 'success', positive: 'success', easy: 'success' },
  ...{ detractor: 'error', negative: 'error', hard: 'error' },
};

/** @param alone whether nothing but these properties is there yet: the history says what it has of them better */
export function Latest({
  properties,
  words,
  settings: { names },
  alone,
}: {
  properties: Readonly<Record<string, string | null | undefined>>;
  words: Words;
  settings: Settings;
  alone: boolean;
}) {
  const value = (key: string) => properties[names[key] ?? key] || undefined;
  const ofTicket = value('feedback_rating');
  return (
    <Flex direction="column" gap="sm">
      {ofTicket === undefined || !alone ? null : (
        <Score
          title={value('feedback_category')}
          rating={ofTicket}
          facts={[]}
          comment={value('feedback_comment')}
          words={words}
        />
      )}
      {metrics.map((metric) => {
        const of = (key: string) => value(`${metric}_${key}`);
        const rating = of('latest_rating');
        if (rating === undefined) return null;
        const highest = metric === 'nps' ? '10' : of('latest_scale');
        const [trend, previous, count] = [of('trend'), of('previous_rating'), of('response_count')];
        const facts = [
          highest === undefined ? undefined : fill(words.rating, { rating, highest }),
          trend === undefined ? undefined : words.trend[trend],
          previous === undefined ? undefined : fill(words.previous, { rating: previous }),
          count === undefined ? undefined : fill(words.count, { count }),
        ].filter((fact) => fact !== undefined);
        return (
          <Score
            key={metric}
            metric={metric.toUpperCase()}
            title={of('latest_category')}
            rating={rating}
            facts={facts}
            comment={alone ? of('latest_comment') : undefined}
            words={words}
          />
        );
      })}
      {flags
        .filter((flag) => value(`feedback_${flag}`) === 'true')
        .map((flag) => (
          <Tag key={flag} variant={flag === 'at_risk' ? 'warning' : 'success'}>
            {words.flags[flag]}
          </Tag>
        ))}
    </Flex>
  );
}

function Score(score: {
  metric?: string;
  title: string | undefined;
  rating: string;
  facts: readonly string[];
  comment: string | undefined;
  words: Words;
}) {
  const { metric, title = '', rating, facts, comment, words } = score;
  return (
    <Flex direction="column" gap="xs">
      <Flex direction="row" gap="sm" align="center" wrap="wrap">
        <Text format={{ fontWeight: 'bold' }}>{metric === undefined ? rating : `${metric} ${rating}`}</Text>
        {title === '' ? null : <Tag variant={tones[title] ?? 'default'}>{words.options[title] ?? title}</Tag>}
      </Flex>
      {facts.length === 0 ? null : <Text variant="microcopy">{facts.join(' · ')}</Text>}
      {comment === undefined ? null : <Text format={{ italic: true }}>{comment}</Text>}
    </Flex>
  );
}
