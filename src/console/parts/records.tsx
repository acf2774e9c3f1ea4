import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContactItem } from '../api/items.ts';
import { standing } from '../api/records.ts';
import { useSystemTitle } from '../api/systems.ts';
import { Status } from './rating.tsx';

const tones = {
  upToDate: 'ready',
  outOfSync: 'waiting',
  searching: 'waiting',
  notWritten: 'refused',
  ambiguous: 'quarantined',
  absent: 'none',
  gone: 'none',
} as const;

/** What stands on a contact's record in each system, and what became of the last write. */
export function Records({ records }: { records: ContactItem['records'] }) {
  const { t } = useTranslation('parts');
  const titleOf = useSystemTitle();
  if (records.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('noRecords')}
      </Text>
    );
  }
  return (
    <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {records.map((record) => {
        const how = standing(record);
        const outcome = record.outcome?.code === 'written' ? undefined : record.outcome?.message;
        return (
          <li key={record.connection}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              <Text size="sm" fw={550}>
                {titleOf(record)}
              </Text>
              <Status of={tones[how]}>{t(`standing.${how}`)}</Status>
            </Group>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {record.record === null ? t('noRecordYet') : t('recordNumber', { number: record.record })}
              {outcome && ` · ${outcome}`}
            </Text>
          </li>
        );
      })}
    </Stack>
  );
}
