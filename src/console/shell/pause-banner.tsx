import { Alert, Button, Group } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/me.ts';
import { useChangePause, usePause } from '../api/pause.ts';
import { tellFailure } from '../parts/tell.ts';
import { paused } from '../theme.ts';

/** Nobody should wonder for days why nothing happens. */
export function PauseBanner() {
  const { t } = useTranslation('shell');
  const mayPause = useMay('connections:write');
  const { data: pause } = usePause();
  const change = useChangePause();
  if (!pause || !(pause.asking || pause.writing)) return null;
  const which = pause.asking && pause.writing ? 'bothPaused' : pause.asking ? 'surveysPaused' : 'writeBackPaused';
  return (
    <Alert color="orange" variant="light" mb="lg" icon={<IconPlayerPause aria-hidden />}>
      <Group justify="space-between">
        {t(`pause.${which}`)}
        {mayPause && (
          <Button
            size="xs"
            color={paused}
            loading={change.isPending}
            onClick={() => change.mutate({ asking: false, writing: false }, { onError: tellFailure })}
          >
            {t('pause.resume')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
