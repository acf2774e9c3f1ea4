import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type OfferedConnector, useConnectors } from '../api/connections.ts';
import type { System } from '../api/systems.ts';
import { Emblem } from '../connections/emblem.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Status } from '../parts/rating.tsx';
import classes from './welcome.module.css';

/** Every system that can be connected, with what is. */
export function ConnectStep({ systems }: { systems: readonly System[] }) {
  const { t } = useTranslation('welcome');
  return (
    <Stack gap="sm">
      <Text size="sm">{t('connect.says')}</Text>
      <Loaded query={useConnectors()} rows={3}>
        {({ items }) => (
          <div>
            {items.map((connector) => (
              <Line
                key={connector.name}
                of={connector}
                connected={systems.filter(({ connector: name }) => name === connector.name)}
              />
            ))}
          </div>
        )}
      </Loaded>
    </Stack>
  );
}

function Line({
  of: { name, title, color, summary },
  connected,
}: {
  of: OfferedConnector;
  connected: readonly System[];
}) {
  const { t, i18n } = useTranslation('welcome');
  const [first] = connected;
  return (
    <div className={classes.line}>
      <Emblem title={title} color={color} />
      <div className={classes.grow}>
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {first ? first.account : (summary[i18n.language] ?? summary.en)}
        </Text>
      </div>
      {first ? (
        <Group gap="xs">
          <Status of="ready">{t('connect.connected')}</Status>
          <Button
            component={Link}
            to={`/connections/${first.id}`}
            variant="subtle"
            size="xs"
            aria-label={t('connect.see', { title })}
          >
            {t('connect.see', { title })}
          </Button>
        </Group>
      ) : (
        <Button component={Link} to={`/connections/new?connector=${name}&from=welcome`} variant="light">
          {t('connect.connect', { title })}
        </Button>
      )}
    </div>
  );
}
