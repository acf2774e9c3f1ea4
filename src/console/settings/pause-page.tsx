import { Anchor, Button, Card, Group, List, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../api/me.ts';
import { useChangePause, usePause } from '../api/pause.ts';
import { systemTitle, useSystems } from '../api/systems.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Section } from '../parts/section.tsx';
import { tellFailure } from '../parts/tell.ts';

/** Everything that stops something, in one place. */
export function PausePage() {
  const { t } = useTranslation('settings');
  const { t: shell } = useTranslation('shell');
  const mayPause = useMay('connections:write');
  const change = useChangePause();
  return (
    <>
      <Card>
        <Section title={t('pause.title')} says={t('pause.says')}>
          <Loaded query={usePause()} rows={2}>
            {(pause) => (
              <Stack gap="md">
                {(['asking', 'writing'] as const).map((what) => (
                  <Switch
                    key={what}
                    label={shell(`pause.${what}`)}
                    description={shell(`pause.${what}Says`)}
                    checked={pause[what]}
                    disabled={!mayPause || change.isPending}
                    color="orange.9"
                    onChange={({ currentTarget }) =>
                      change.mutate({ [what]: currentTarget.checked }, { onError: tellFailure })
                    }
                  />
                ))}
              </Stack>
            )}
          </Loaded>
        </Section>
      </Card>
      <Card>
        <Section title={t('pause.one')} says={t('pause.oneSays')}>
          <Connections />
        </Section>
      </Card>
      <Card>
        <Section title={t('pause.surveys')} says={t('pause.surveysSays')}>
          <Group>
            <Button component={Link} to="/surveys" variant="default">
              {t('pause.toSurveys')}
            </Button>
          </Group>
        </Section>
      </Card>
    </>
  );
}

function Connections() {
  const { t } = useTranslation('settings');
  const { t: words } = useTranslation('connections');
  return (
    <Loaded query={useSystems()} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          <Text size="sm">{t('pause.none')}</Text>
        ) : (
          <List size="sm" spacing="xs" listStyleType="none">
            {items.map((system) => (
              <List.Item key={system.id}>
                {systemTitle(system)}:{' '}
                <Anchor component={Link} to={`/connections/${system.id}?tab=switches`} size="sm" underline="always">
                  {words('tabs.switches')}
                </Anchor>
                {', '}
                <Anchor component={Link} to={`/connections/${system.id}?tab=end`} size="sm" underline="always">
                  {words('end.act')}
                </Anchor>
              </List.Item>
            ))}
          </List>
        )
      }
    </Loaded>
  );
}
