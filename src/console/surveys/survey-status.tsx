import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SurveyItem } from '../api/surveys.ts';
import { Status } from '../parts/rating.tsx';
import { hasNews } from './name.ts';

/** Whether it asks, and whether something of it is not published yet. */
export function SurveyStatusBadge({ item }: { item: SurveyItem }) {
  const { t } = useTranslation('surveys');
  return (
    <Group gap={6}>
      <Status of={item.status}>{t(`status.${item.status}`)}</Status>
      {hasNews(item) && (
        <Text span size="xs" c="dimmed">
          {t('unpublishedChanges')}
        </Text>
      )}
      {item.readOnly && (
        <Text span size="xs" c="dimmed">
          {t('inFile')}
        </Text>
      )}
    </Group>
  );
}
