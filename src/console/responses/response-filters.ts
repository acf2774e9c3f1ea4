import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { handlers } from '../editor/condition.ts';
import type { Filter } from '../parts/filters.ts';
import { useUsualFilters } from '../parts/usual-filters.ts';

const statuses = ['confirmed', 'pending', 'unconfirmed', 'quarantined', 'retracted'] as const;

export function useResponseFilters(): readonly Filter[] {
  const { t } = useTranslation('responses');
  const { t: metrics } = useTranslation('metrics');
  const usual = useUsualFilters();
  return useMemo(
    () => [
      { key: 'search', label: t('filters.search'), kind: 'text' },
      usual.metric,
      usual.category,
      usual.survey,
      {
        key: 'status',
        label: t('filters.status'),
        kind: 'choice',
        options: statuses.map((value) => ({ value, label: metrics(`responseStatus.${value}`) })),
      },
      usual.from,
      usual.until,
      { key: 'hasComment', label: t('filters.hasComment'), kind: 'flag', isSeldom: true },
      { key: 'agent', label: t('filters.agent'), kind: 'text', isSeldom: true },
      { key: 'group', label: t('filters.group'), kind: 'text', isSeldom: true },
      {
        key: 'handler',
        label: t('filters.handler'),
        kind: 'choice',
        options: handlers.map((value) => ({ value, label: t(`handlers.${value}`) })),
        isSeldom: true,
      },
      { key: 'mayContact', label: t('filters.mayContact'), kind: 'flag', isSeldom: true },
      { key: 'test', label: t('filters.test'), kind: 'flag', isSeldom: true },
      { key: 'contact', label: t('filters.oneContact'), kind: 'given' },
    ],
    [t, metrics, usual],
  );
}
