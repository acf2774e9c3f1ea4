import { Anchor, Card, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type System, systemTitle, useSystems } from '../api/systems.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Status } from '../parts/rating.tsx';
import { Timestamp } from '../parts/timestamp.tsx';
import classes from './home.module.css';

/** Each connected account in a line: how it is, in words. */
export function ConnectionHealth() {
  const { t } = useTranslation('home');
  return (
    <Card component="section" aria-labelledby="connection-health">
      <Title order={2} size="h5" mb="md" id="connection-health">
        {t('connections')}
      </Title>
      <Loaded query={useSystems()} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('noConnection')}
            </Text>
          ) : (
            <ul className={classes.rows}>
              {items.map((system) => (
                <Line key={system.id} of={system} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}

/** The first that is so says it. */
function stateOf({ status, surveysPaused, writeBackPaused, backlog }: System) {
  if (status === 'unauthorized' || status === 'disconnected') return 'refused' as const;
  if (status === 'new') return 'new' as const;
  if (surveysPaused || writeBackPaused) return 'paused' as const;
  if (backlog.recordsFailed > 0) return 'failed' as const;
  return 'ready' as const;
}

const tones = { refused: 'refused', new: 'waiting', paused: 'quarantined', failed: 'quarantined', ready: 'ready' };

function Line({ of }: { of: System }) {
  const { t } = useTranslation('home');
  const state = stateOf(of);
  const { backlog, lastEventAt, statusDetail } = of;
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Anchor component={Link} to={`/connections/${of.id}`} size="sm" fw={500}>
          {systemTitle(of)}
        </Anchor>
        <Status of={tones[state]}>{t(`health.${state}`)}</Status>
      </Group>
      <Text size="xs" c="dimmed">
        {state === 'refused' && statusDetail !== null ? (
          statusDetail.message
        ) : (
          <>
            {backlog.recordsFailed > 0 && `${t('failed', { count: backlog.recordsFailed })} `}
            {backlog.recordsPending > 0 && `${t('toWrite', { count: backlog.recordsPending })} `}
            {lastEventAt === null ? (
              t('noEvents')
            ) : (
              <>
                {t('lastEvent')} <Timestamp at={lastEventAt} />
              </>
            )}
          </>
        )}
      </Text>
    </li>
  );
}
