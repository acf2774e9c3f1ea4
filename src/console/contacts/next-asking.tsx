import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContactDetails } from '../api/items.ts';
import { useSurveyNames } from '../api/surveys.ts';
import { useClock } from '../parts/clock.ts';
import { Status } from '../parts/rating.tsx';
import { Timestamp } from '../parts/timestamp.tsx';

/** When each live survey may ask them again, and what speaks against it. */
export function NextAsking({ of: { asking, unsubscribedFrom } }: { of: ContactDetails }) {
  const { t } = useTranslation('contacts');
  const { day } = useClock();
  const nameOf = useSurveyNames();
  if (asking.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('next.noSurvey')}
      </Text>
    );
  }
  return (
    <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {asking.map(({ survey, verdict, message, from }) => (
        <li key={survey}>
          <Group justify="space-between" wrap="nowrap" gap="xs" mb={2}>
            <Text size="sm" fw={550}>
              {nameOf(survey)}
            </Text>
            <Status of={verdict}>
              {verdict === 'asked'
                ? t('next.now')
                : from === null
                  ? t('next.notNow')
                  : t('next.from', { date: day(from) })}
            </Status>
          </Group>
          {verdict !== 'asked' && (
            <Text size="xs" c="dimmed">
              {message}
            </Text>
          )}
        </li>
      ))}
      {unsubscribedFrom.map(({ survey, at }) => (
        <li key={`unsubscribed ${survey}`}>
          <Text size="xs" c="dimmed">
            {t('next.unsubscribedFrom', { survey: nameOf(survey) })} <Timestamp at={at} />
          </Text>
        </li>
      ))}
    </Stack>
  );
}
