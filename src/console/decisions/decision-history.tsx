import { Anchor, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DecisionItem } from '../api/items.ts';
import { Status } from '../parts/rating.tsx';
import { Timestamp } from '../parts/timestamp.tsx';

/** How a decision came to stand as it does, the first verdict first. */
export function DecisionHistory({ of }: { of: DecisionItem }) {
  const { t } = useTranslation('decisions');
  const { t: metrics } = useTranslation('metrics');
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" fw={600} mb={6}>
          {t('history')}
        </Text>
        <Stack gap={8} component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
          {of.history.map(({ verdict, message, at }) => (
            <Group key={`${at} ${message}`} component="li" gap="sm" align="baseline" wrap="nowrap">
              <Status of={verdict}>{metrics(`verdict.${verdict}`)}</Status>
              <Text size="sm" style={{ flex: 1 }}>
                {message}
              </Text>
              <Text size="sm" c="dimmed">
                <Timestamp at={at} />
              </Text>
            </Group>
          ))}
        </Stack>
      </div>
      {of.requesterBy !== null && <Text size="sm">{t(`requesterBy.${of.requesterBy}`)}</Text>}
      {of.notes.length > 0 && (
        <div>
          <Text size="sm" fw={600} mb={6}>
            {t('notes')}
          </Text>
          <List size="sm" spacing={4}>
            {of.notes.map(({ message }) => (
              <List.Item key={message}>{message}</List.Item>
            ))}
          </List>
        </div>
      )}
      {of.contact !== null && (
        <Anchor component={Link} to={`/decisions?contact=${of.contact}`} size="sm" w="fit-content">
          {t('allOfContact')}
        </Anchor>
      )}
    </Stack>
  );
}
