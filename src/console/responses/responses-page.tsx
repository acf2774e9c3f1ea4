import { Anchor, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResponseItem } from '../api/items.ts';
import { useSurveyKeys } from '../api/surveys.ts';
import type { Filter } from '../parts/filters.ts';
import { ListPage } from '../parts/list-page.tsx';
import type { Column } from '../parts/listing.tsx';
import { Moment } from '../parts/moment.tsx';
import { Rating, Status } from '../parts/rating.tsx';

export function ResponsesPage() {
  const { t } = useTranslation('responses');
  const filters = useResponseFilters();
  const columns = useResponseColumns();
  return (
    <ListPage
      title={t('title')}
      says={t('says')}
      path="/responses"
      columns={columns}
      filters={filters}
      usualSort="-answeredAt"
      keyOf={({ id }) => id}
      empty={{ says: t('empty') }}
    />
  );
}

function useResponseColumns(): readonly Column<ResponseItem>[] {
  const { t } = useTranslation('responses');
  const { t: metrics } = useTranslation('metrics');
  return [
    {
      key: 'rating',
      title: t('columns.rating'),
      order: 'rating',
      show: ({ rating, category, scale }) => <Rating rating={rating} category={category} scale={scale} />,
    },
    {
      key: 'person',
      title: t('columns.person'),
      show: ({ contact, name }) => (
        <Anchor component={Link} to={`/contacts/${contact}`} size="sm">
          {name ?? contact.slice(0, 8)}
        </Anchor>
      ),
    },
    {
      key: 'comment',
      title: t('columns.comment'),
      isWide: true,
      show: ({ comment, id }) => (
        <Anchor component={Link} to={`/responses/${id}`} size="sm" c="inherit" underline="hover">
          {comment === null ? (
            <Text span size="sm" c="dimmed" fs="italic">
              {t('noComment')}
            </Text>
          ) : (
            <Text span size="sm" lineClamp={2}>
              {comment}
            </Text>
          )}
        </Anchor>
      ),
    },
    { key: 'survey', title: t('columns.survey'), show: ({ survey }) => survey },
    {
      key: 'status',
      title: t('columns.status'),
      show: ({ status, test }) => (
        <Group gap={6} wrap="nowrap">
          <Status of={status}>{metrics(`responseStatus.${status}`)}</Status>
          {test && <Status of="test">{t('filters.test')}</Status>}
        </Group>
      ),
    },
    { key: 'agent', title: t('columns.agent'), show: ({ agent }) => agent ?? '–' },
    {
      key: 'answeredAt',
      title: t('columns.answeredAt'),
      order: 'answeredAt',
      show: ({ answeredAt }) => <Moment at={answeredAt} />,
    },
  ];
}

function useResponseFilters(): readonly Filter[] {
  const { t } = useTranslation('responses');
  const { t: metrics } = useTranslation('metrics');
  const { t: parts } = useTranslation('parts');
  const surveys = useSurveyKeys();
  return useMemo(
    () => [
      { key: 'search', label: t('filters.search'), kind: 'text' },
      {
        key: 'metric',
        label: t('filters.metric'),
        kind: 'choice',
        options: (['nps', 'csat', 'ces'] as const).map((value) => ({ value, label: metrics(value) })),
      },
      {
        key: 'category',
        label: t('filters.category'),
        kind: 'choice',
        options: (['promoter', 'passive', 'detractor', 'positive', 'neutral', 'negative', 'easy', 'hard'] as const).map(
          (value) => ({ value, label: metrics(`category.${value}`) }),
        ),
      },
      {
        key: 'status',
        label: t('filters.status'),
        kind: 'choice',
        options: (['confirmed', 'pending', 'unconfirmed', 'quarantined', 'retracted'] as const).map((value) => ({
          value,
          label: metrics(`responseStatus.${value}`),
        })),
      },
      {
        key: 'survey',
        label: t('filters.survey'),
        kind: 'choice',
        options: surveys.map((value) => ({ value, label: value })),
      },
      { key: 'hasComment', label: t('filters.hasComment'), kind: 'flag' },
      { key: 'from', label: parts('from'), kind: 'day' },
      { key: 'until', label: parts('until'), kind: 'day' },
    ],
    [t, metrics, parts, surveys],
  );
}
