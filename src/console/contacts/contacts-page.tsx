import { Group, Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { ContactItem, ResponseMetric } from '../api/items.ts';
import { useMay } from '../api/me.ts';
import type { Filter } from '../parts/filters.ts';
import { ContactLink } from '../parts/links.tsx';
import { ListPage } from '../parts/list-page.tsx';
import type { ListingColumn } from '../parts/listing.tsx';
import { Rating, type RatingCategory } from '../parts/rating.tsx';
import { Timestamp } from '../parts/timestamp.tsx';
import { timestampColumn } from '../parts/timestamp-column.tsx';
import { metricNames, useUsualFilters } from '../parts/usual-filters.ts';
import { Flags } from './flags.tsx';
import { LiftSuppression } from './lift-suppression.tsx';

/** Everybody who was ever asked, or is about to be, by what they last said. */
export function ContactsPage() {
  const { t } = useTranslation('contacts');
  const filters = useContactFilters();
  const [params] = useSearchParams();
  const metric = metricNames.find((name) => name === params.get('metric')) ?? 'nps';
  const columns = useContactColumns(metric);
  const mayLift = useMay('contacts:write');
  return (
    <ListPage
      title={t('title')}
      says={t('says')}
      actions={mayLift && <LiftSuppression />}
      path="/contacts"
      columns={columns}
      filters={filters}
      usualSort="-date"
      keyOf={({ id }) => id}
      empty={{ says: t('empty') }}
    />
  );
}

function useContactColumns(metric: ResponseMetric): readonly ListingColumn<ContactItem>[] {
  const { t } = useTranslation('contacts');
  const { t: metrics } = useTranslation('metrics');
  return [
    {
      key: 'name',
      title: t('columns.name'),
      order: 'name',
      show: ({ id, name, emails, company }) => (
        <Stack gap={0} maw={260}>
          <ContactLink id={id} name={name} otherwise={emails[0] ?? null} />
          <Text size="xs" c="dimmed" truncate>
            {[company, name === null ? null : emails[0]].filter((part) => part).join(' · ')}
          </Text>
        </Stack>
      ),
    },
    {
      key: 'rating',
      title: metrics(metric),
      order: 'rating',
      show: ({ crmFields }) => {
        const latest = latestOf(crmFields, metric);
        return latest ? (
          <Group gap={6} wrap="nowrap">
            <Rating {...latest} />
          </Group>
        ) : (
          '–'
        );
      },
    },
    {
      key: 'comment',
      title: t('columns.comment'),
      order: 'comment',
      isWide: true,
      show: ({ crmFields }) => (
        <Text span size="sm" lineClamp={2}>
          {textOf(crmFields?.[`${metric}_latest_comment`]) ?? '–'}
        </Text>
      ),
    },
    {
      key: 'date',
      title: t('columns.date'),
      order: 'date',
      show: ({ crmFields }) => <Timestamp at={textOf(crmFields?.[`${metric}_latest_date`])} />,
    },
    timestampColumn('lastAskedAt', t('columns.lastAskedAt')),
    { key: 'flags', title: t('columns.flags'), show: (of) => <Flags of={of} /> },
  ];
}

type CrmFields = ContactItem['crmFields'];

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

function latestOf(
  crmFields: CrmFields,
  metric: ResponseMetric,
): { rating: number; category: RatingCategory; scale?: number } | undefined {
  const rating = crmFields?.[`${metric}_latest_rating`];
  const category = crmFields?.[`${metric}_latest_category`];
  const scale = crmFields?.[`${metric}_latest_scale`];
  if (typeof rating !== 'number' || typeof category !== 'string') return undefined;
  return { rating, category: category as RatingCategory, ...(typeof scale === 'number' ? { scale } : {}) };
}

function useContactFilters(): readonly Filter[] {
  const { t } = useTranslation('contacts');
  const usual = useUsualFilters();
  return useMemo(
    () => [
      { key: 'name', label: t('filters.name'), kind: 'text' },
      { ...usual.email, label: t('filters.email') },
      { ...usual.metric, label: t('filters.metric') },
      { ...usual.category, label: t('filters.category') },
      { key: 'atRisk', label: t('flags.atRisk'), kind: 'flag' },
      { key: 'advocate', label: t('flags.advocate'), kind: 'flag', isSeldom: true },
      { key: 'hasRating', label: t('filters.hasRating'), kind: 'flag', isSeldom: true },
      { key: 'hasComment', label: t('filters.hasComment'), kind: 'flag', isSeldom: true },
      { key: 'company', label: t('filters.company'), kind: 'text', isSeldom: true },
      { key: 'language', label: t('filters.language'), kind: 'text', isSeldom: true },
      { ...usual.connection, isSeldom: true },
      { ...usual.ticket, isSeldom: true },
      { key: 'doNotSurvey', label: t('flags.doNotSurvey'), kind: 'flag', isSeldom: true },
      { key: 'unsubscribed', label: t('flags.unsubscribed'), kind: 'flag', isSeldom: true },
      { key: 'bounced', label: t('flags.bounced'), kind: 'flag', isSeldom: true },
      { key: 'test', label: t('flags.test'), kind: 'flag', isSeldom: true },
    ],
    [t, usual],
  );
}
