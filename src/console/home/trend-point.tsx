import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Score, useNumbers } from './numbers.ts';
import type { Point } from './trend-chart.tsx';

/** What stands beside the pointer. */
export function TrendPoint({ metric, of }: { metric: Score['metric']; of: Point | undefined }) {
  const { t } = useTranslation('home');
  const numbers = useNumbers();
  if (!of) return null;
  return (
    <Paper withBorder shadow="sm" radius="md" px="sm" py={6}>
      <Text size="xs" c="dimmed">
        {of.label}
      </Text>
      {of.value === null ? (
        <Text size="sm">{t('noAnswers')}</Text>
      ) : (
        <>
          <Text size="sm" fw={650}>
            {numbers.score(metric, of.value)}
          </Text>
          <Text size="xs" c="dimmed">
            {of.between &&
              `${t('between', { low: numbers.score(metric, of.between[0]), high: numbers.score(metric, of.between[1]) })} · `}
            {t('answers', { count: of.answers })}
          </Text>
        </>
      )}
    </Paper>
  );
}
