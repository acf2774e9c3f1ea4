import { Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecisionItem } from '../api/items.ts';
import { useSurveyNames } from '../api/surveys.ts';
import type { Filter } from '../parts/filters.ts';
import { ContactLink, TicketLink } from '../parts/links.tsx';
import { ListPage } from '../parts/list-page.tsx';
import type { ListingColumn } from '../parts/listing.tsx';
import { Status } from '../parts/rating.tsx';
import { timestampColumn } from '../parts/timestamp-column.tsx';
import { useUsualFilters } from '../parts/usual-filters.ts';
import { DecisionHistory } from './decision-history.tsx';
import { useReasons } from './reasons.ts';

/** Who was asked, who waits, who was not, and why: the answer to every "why did they not get a survey?". */
export function DecisionsPage() {
  const { t } = useTranslation('decisions');
  const filters = useDecisionFilters();
  const columns = useDecisionColumns();
  return (
    <ListPage
      title={t('title')}
      says={t('says')}
      path="/decisions"
      columns={columns}
      filters={filters}
      usualSort="-decidedAt"
      keyOf={({ id }) => id}
      unfold={(decision) => <DecisionHistory of={decision} />}
      empty={{ says: t('empty') }}
    />
  );
}

function useDecisionColumns(): readonly ListingColumn<DecisionItem>[] {
  const { t } = useTranslation('decisions');
  const { t: metrics } = useTranslation('metrics');
  const nameOf = useSurveyNames();
  return [
    {
      key: 'verdict',
      title: t('columns.verdict'),
      show: ({ verdict }) => <Status of={verdict}>{metrics(`verdict.${verdict}`)}</Status>,
    },
    {
      key: 'contact',
      title: t('columns.contact'),
      show: ({ contact, name }) => (contact === null ? '–' : <ContactLink id={contact} name={name} />),
    },
    {
      key: 'message',
      title: t('columns.because'),
      isWide: true,
      show: ({ message }) => (
        <Text span size="sm" lineClamp={3}>
          {message}
        </Text>
      ),
    },
    { key: 'survey', title: t('columns.survey'), show: ({ survey }) => (survey === null ? '–' : nameOf(survey)) },
    {
      key: 'ticket',
      title: t('columns.ticket'),
      show: (of) => (
        <Stack gap={0}>
          {of.requestedBy === null ? <TicketLink of={of} /> : t('requestedBy', { who: of.requestedBy })}
          {of.resolution !== null && of.resolution > 1 && (
            <Text span size="xs" c="dimmed">
              {t('resolution', { count: of.resolution, ordinal: true })}
            </Text>
          )}
        </Stack>
      ),
    },
    timestampColumn('decidedAt', t('columns.decidedAt')),
  ];
}

function useDecisionFilters(): readonly Filter[] {
  const { t } = useTranslation('decisions');
  const { t: metrics } = useTranslation('metrics');
  const reasons = useReasons();
  const usual = useUsualFilters();
  return useMemo(
    () => [
      {
        key: 'verdict',
        label: t('columns.verdict'),
        kind: 'choice',
        options: (['asked', 'waiting', 'skipped'] as const).map((value) => ({
          value,
          label: metrics(`verdict.${value}`),
        })),
      },
      { key: 'reason', label: t('filters.reason'), kind: 'choice', options: reasons },
      usual.survey,
      usual.email,
      usual.ticket,
      usual.from,
      usual.until,
      { ...usual.connection, isSeldom: true },
      { key: 'contact', label: t('filters.oneContact'), kind: 'given' },
    ],
    [t, metrics, usual, reasons],
  );
}
