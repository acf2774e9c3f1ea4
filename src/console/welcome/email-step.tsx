import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EmailState as State } from '../api/email.ts';
import { EmailStateList } from '../settings/email-state.tsx';

export function EmailStep({ of }: { of: State }) {
  const { t } = useTranslation('welcome');
  return (
    <Stack gap="md">
      <Text size="sm">{t('email.says')}</Text>
      <EmailStateList of={of} />
    </Stack>
  );
}
