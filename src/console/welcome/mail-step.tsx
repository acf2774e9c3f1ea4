import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MailState as State } from '../api/mail.ts';
import { MailState } from '../settings/mail-state.tsx';

export function MailStep({ of }: { of: State }) {
  const { t } = useTranslation('welcome');
  return (
    <Stack gap="md">
      <Text size="sm">{t('mail.says')}</Text>
      <MailState of={of} />
    </Stack>
  );
}
