import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSurveyKeys, useSurveyNames } from '../api/surveys.ts';
import { systemTitle, useSystems } from '../api/systems.ts';
import type { Filter } from './filters.ts';

export const metricNames = ['nps', 'csat', 'ces'] as const;

const categories = ['promoter', 'passive', 'detractor', 'positive', 'neutral', 'negative', 'easy', 'hard'] as const;

type Usual = 'metric' | 'category' | 'survey' | 'connection' | 'ticket' | 'email' | 'from' | 'until';

/** Those that many lists have. */
export function useUsualFilters(): Readonly<Record<Usual, Filter>> {
  const { t } = useTranslation('parts');
  const { t: metrics } = useTranslation('metrics');
  const surveys = useSurveyKeys();
  const nameOf = useSurveyNames();
  const { data: systems } = useSystems();
  return useMemo(
    () => ({
      metric: {
        key: 'metric',
        label: t('metric'),
        kind: 'choice',
        options: metricNames.map((value) => ({ value, label: metrics(value) })),
      },
      category: {
        key: 'category',
        label: t('category'),
        kind: 'choice',
        options: categories.map((value) => ({ value, label: metrics(`category.${value}`) })),
      },
      survey: {
        key: 'survey',
        label: t('survey'),
        kind: 'choice',
        options: surveys.map((value) => ({ value, label: nameOf(value) })),
      },
      connection: {
        key: 'connection',
        label: t('system'),
        kind: 'choice',
        options: (systems?.items ?? []).map((system) => ({ value: system.id, label: systemTitle(system) })),
      },
      ticket: { key: 'ticket', label: t('ticketNumber'), kind: 'text' },
      email: { key: 'email', label: t('email'), kind: 'text' },
      from: { key: 'from', label: t('from'), kind: 'day', isSeldom: true },
      until: { key: 'until', label: t('until'), kind: 'day', isLast: true, isSeldom: true },
    }),
    [t, metrics, surveys, nameOf, systems],
  );
}
