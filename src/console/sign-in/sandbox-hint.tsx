import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Nobody should take the sandbox for the real thing. */
export function SandboxHint() {
  const { t } = useTranslation('signIn');
  return (
    <Text size="sm" c="dimmed" ta="center">
      <Text span inherit fw={600}>
        {t('sandbox.title')}
      </Text>
      {'. '}
      {t('sandbox.says')}{' '}
      <Anchor href="/sandbox/inbox/" inherit underline="always">
        {t('sandbox.inbox')}
      </Anchor>
    </Text>
  );
}
