import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { turnTo, useMe } from '../api/me.ts';
import { SettingsPanel } from '../parts/panel.tsx';
import { Status } from '../parts/rating.tsx';
import { tellFailure } from '../parts/tell.ts';

export function WorkspacesPanel() {
  const { t } = useTranslation('account');
  const { t: team } = useTranslation('team');
  const { workspaces, workspace } = useMe();
  const turn = useMutation({ mutationFn: turnTo, onError: tellFailure });
  return (
    <SettingsPanel title={t('workspaces.title')} says={t('workspaces.says')}>
      <Stack>
        {workspaces.map(({ id, name, role }) => (
          <Group key={id} justify="space-between" wrap="nowrap">
            <div>
              <Text size="sm" fw={500}>
                {name ?? t('workspaces.unnamed')}
              </Text>
              <Text size="sm" c="dimmed">
                {role && team(`roles.${role}`)}
              </Text>
            </div>
            {id === workspace ? (
              <Status of="ready">{t('workspaces.current')}</Status>
            ) : (
              <Button size="xs" variant="default" loading={turn.isPending} onClick={() => turn.mutate(id)}>
                {t('workspaces.turn')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </SettingsPanel>
  );
}
