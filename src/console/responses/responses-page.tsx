import { Anchor, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ResponseItem } from '../api/items.ts';
import { useSurveyNames } from '../api/surveys.ts';
import { ContactLink } from '../parts/links.tsx';
import { ListPage } from '../parts/list-page.tsx';
import type { ListingColumn } from '../parts/listing.tsx';
import { Rating, Status } from '../parts/rating.tsx';
import { timestampColumn } from '../parts/timestamp-column.tsx';
import { useResponseFilters } from './response-filters.ts';

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

function useResponseColumns(): readonly ListingColumn<ResponseItem>[] {
  const { t } = useTranslation('responses');
  const { t: metrics } = useTranslation('metrics');
  const nameOf = useSurveyNames();
  return [
    {
      key: 'rating',
      title: t('columns.rating'),
      order: 'rating',
      show: ({ rating, category, scale }) => <Rating rating={rating} category={category} scale={scale} />,
    },
    {
      key: 'contact',
      title: t('columns.contact'),
      show: ({ contact, name }) => <ContactLink id={contact} name={name} />,
    },
    {
      key: 'comment',
      title: t('columns.comment'),
      isWide: true,
      order: 'comment',
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
    { key: 'survey', title: t('columns.survey'), order: 'survey', show: ({ survey }) => nameOf(survey) },
    {
      key: 'status',
      title: t('columns.status'),
      show: ({ status, test }) => (
        <Group gap={6} wrap="nowrap">
          <Status of={status}>{metrics(`responseStatus.${status}`)}</Status>
          {test && <Status of="test">{t('test')}</Status>}
        </Group>
      ),
    },
    { key: 'agent', title: t('columns.agent'), order: 'agent', show: ({ agent }) => agent ?? '–' },
    timestampColumn('answeredAt', t('columns.answeredAt')),
  ];
}
