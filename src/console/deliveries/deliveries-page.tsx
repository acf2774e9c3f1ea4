import { Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvitationItem } from '../api/items.ts';
import { useSurveyNames } from '../api/surveys.ts';
import type { Filter } from '../parts/filters.ts';
import { ContactLink, TicketLink } from '../parts/links.tsx';
import { ListPage } from '../parts/list-page.tsx';
import type { ListingColumn } from '../parts/listing.tsx';
import { Status } from '../parts/rating.tsx';
import { timestampColumn } from '../parts/timestamp-column.tsx';
import { useUsualFilters } from '../parts/usual-filters.ts';

const statuses = ['scheduled', 'sent', 'answered', 'expired', 'withdrawn', 'bounced'] as const;

/** Every invitation: what was sent, what is about to be, and what holds it back. */
export function DeliveriesPage() {
  const { t } = useTranslation('deliveries');
  const filters = useDeliveryFilters();
  const columns = useDeliveryColumns();
  return (
    <ListPage
      title={t('title')}
      says={t('says')}
      path="/invitations"
      columns={columns}
      filters={filters}
      usualSort="-createdAt"
      keyOf={({ id }) => id}
      empty={{ says: t('empty') }}
    />
  );
}

function useDeliveryColumns(): readonly ListingColumn<InvitationItem>[] {
  const { t } = useTranslation('deliveries');
  const { t: metrics } = useTranslation('metrics');
  const nameOf = useSurveyNames();
  return [
    {
      key: 'status',
      title: t('columns.status'),
      show: ({ status, test }) => (
        <Stack gap={4} align="flex-start">
          <Status of={status}>{metrics(`invitationStatus.${status}`)}</Status>
          {test && <Status of="test">{t('test')}</Status>}
        </Stack>
      ),
    },
    {
      key: 'contact',
      title: t('columns.contact'),
      show: ({ contact, name, email }) => (
        <Stack gap={0} maw={260}>
          <ContactLink id={contact} name={name} otherwise={email} />
          <Text size="xs" c="dimmed" truncate>
            {email}
          </Text>
        </Stack>
      ),
    },
    { key: 'says', title: t('columns.says'), isWide: true, show: (of) => <Says of={of} /> },
    {
      key: 'about',
      title: t('columns.about'),
      show: (of) => (
        <Stack gap={0}>
          {nameOf(of.survey)}
          <TicketLink of={of} />
        </Stack>
      ),
    },
    timestampColumn('dueAt', t('columns.dueAt')),
    timestampColumn('sentAt', t('columns.sentAt')),
  ];
}

/** What holds it back, how it ended, and its reminders. */
function Says({ of }: { of: InvitationItem }) {
  const { t } = useTranslation('deliveries');
  const parts = [
    of.waitingFor?.message,
    of.endReason?.message,
    of.remindersSent > 0 && t('reminders', { count: of.remindersSent }),
    of.status === 'sent' && of.dueAt !== null && t('reminderDue'),
    of.status === 'sent' && of.firstIntent !== null && t('tapped', { rating: of.firstIntent }),
  ].filter((part) => typeof part === 'string');
  return (
    <Text span size="sm" lineClamp={3}>
      {parts.length === 0 ? '–' : parts.join(' · ')}
    </Text>
  );
}

function useDeliveryFilters(): readonly Filter[] {
  const { t } = useTranslation('deliveries');
  const { t: metrics } = useTranslation('metrics');
  const usual = useUsualFilters();
  return useMemo(
    () => [
      {
        key: 'status',
        label: t('columns.status'),
        kind: 'choice',
        options: statuses.map((value) => ({ value, label: metrics(`invitationStatus.${value}`) })),
      },
      { key: 'waiting', label: t('filters.waiting'), kind: 'flag' },
      usual.survey,
      usual.email,
      usual.ticket,
      usual.from,
      usual.until,
      { ...usual.connection, isSeldom: true },
      { key: 'language', label: t('filters.language'), kind: 'text', isSeldom: true },
      { key: 'test', label: t('test'), kind: 'flag', isSeldom: true },
      { key: 'contact', label: t('filters.oneContact'), kind: 'given' },
    ],
    [t, metrics, usual],
  );
}
