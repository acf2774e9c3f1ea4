import { Alert, Anchor, Card, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useOutletContext } from 'react-router';
import { useConnectors } from '../api/connections.ts';
import { Copyable } from '../parts/copyable.tsx';
import { Section } from '../parts/section.tsx';
import type { InFrame } from './survey-frame.tsx';

/** How anything besides a resolved ticket starts this survey. */
export function StartPage() {
  const { t } = useTranslation('surveys');
  const { item } = useOutletContext<InFrame>();
  const { data: connectors } = useConnectors();
  const body = { survey: item.key, contact: { email: 'ann@example.com', name: 'Ann' }, key: 'order 4711' };
  const example = `curl -X POST "${location.origin}/api/invitations" \\
  -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/json" \\
  -d '${JSON.stringify(body)}'`;
  return (
    <Stack gap="lg">
      <Text maw={680}>{t('start.says')}</Text>
      {item.status !== 'live' && (
        <Alert color="gray" variant="light">
          <Text size="sm">{t('start.notLive')}</Text>
        </Alert>
      )}
      {connectors?.items.map(
        ({ name, title, workflowStep: step }) =>
          step !== null && (
            <Card key={name} padding="xl">
              <Section title={t('start.workflow', { title })} says={t('start.workflowSays', { step })}>
                <Copyable text={item.key} label={t('start.key')} />
              </Section>
            </Card>
          ),
      )}
      <Card padding="xl">
        <Section title={t('start.api')} says={t('start.apiSays')}>
          <Copyable text={example} label={t('start.call')} />
          <Text size="sm" c="dimmed">
            {t('start.keys')}{' '}
            <Anchor component={Link} to="/settings" size="sm" underline="always">
              {t('start.settings')}
            </Anchor>
          </Text>
        </Section>
      </Card>
    </Stack>
  );
}
