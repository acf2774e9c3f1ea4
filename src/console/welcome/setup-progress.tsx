import { Button, Card, CloseButton, Group, Progress, Text } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay, useMe } from '../api/me.ts';
import { stepNames } from './steps.ts';
import { useSetup } from './use-setup.ts';

/** On the home page until everything is set up, or whoever sets it up wishes to see it no more. */
export function SetupProgress() {
  const mayConnect = useMay('connections:write');
  const mayPublish = useMay('surveys:write');
  const { workspace } = useMe();
  const [isDismissed, setDismissed] = useLocalStorage({
    key: `scoreback-setup-dismissed-${workspace}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  if (!mayConnect || !mayPublish || isDismissed) return null;
  return <Strip dismiss={() => setDismissed(true)} />;
}

function Strip({ dismiss }: { dismiss: () => void }) {
  const { t } = useTranslation('welcome');
  const { setup } = useSetup();
  if (!setup || setup.next === null) return null;
  const title = t('strip.title', { done: setup.count, all: stepNames.length });
  return (
    <Card component="section" aria-label={title} py="sm">
      <Group gap="md" wrap="nowrap">
        <div style={{ flex: '1 1 auto', minWidth: 0 }}>
          <Group justify="space-between" gap="xs" mb={6}>
            <Text size="sm" fw={600}>
              {title}
            </Text>
            <Text size="sm" c="dimmed">
              {t('next', { step: t(`steps.${setup.next}`) })}
            </Text>
          </Group>
          <Progress value={(100 * setup.count) / stepNames.length} size="sm" aria-label={title} />
        </div>
        <Button component={Link} to="/welcome" size="xs" variant="light">
          {t('strip.go')}
        </Button>
        <CloseButton aria-label={t('strip.dismiss')} title={t('strip.dismiss')} onClick={dismiss} />
      </Group>
    </Card>
  );
}
