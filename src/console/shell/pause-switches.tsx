import { Button, Popover, Stack, Switch, Text } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/me.ts';
import { useChangePause, usePause } from '../api/pause.ts';
import { tellFailure } from '../parts/tell.ts';
import { paused } from '../theme.ts';

/** The two switches for an emergency, on every page in the same place. */
export function PauseSwitches() {
  const { t } = useTranslation('shell');
  const mayPause = useMay('connections:write');
  const { data: pause } = usePause();
  const change = useChangePause();
  if (!pause) return null;
  const isPaused = pause.asking || pause.writing;
  return (
    <Popover position="bottom-end" width={320} trapFocus withArrow>
      <Popover.Target>
        <Button
          variant={isPaused ? 'filled' : 'default'}
          color={isPaused ? paused : 'gray'}
          leftSection={<IconPlayerPause size={16} aria-hidden />}
        >
          {t('pause.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="md">
          <Text fw={600}>{t('pause.title')}</Text>
          {(['asking', 'writing'] as const).map((what) => (
            <Switch
              key={what}
              label={t(`pause.${what}`)}
              description={t(`pause.${what}Says`)}
              checked={pause[what]}
              disabled={!mayPause || change.isPending}
              color={paused}
              onChange={({ currentTarget }) =>
                change.mutate({ [what]: currentTarget.checked }, { onError: tellFailure })
              }
            />
          ))}
          {!mayPause && (
            <Text size="sm" c="dimmed">
              {t('pause.mayNot')}
            </Text>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
