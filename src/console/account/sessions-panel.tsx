import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Session, useEndOtherSessions, useEndSession, useSessions } from '../api/sessions.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { SettingsPanel } from '../parts/panel.tsx';
import { Status } from '../parts/rating.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import { Timestamp } from '../parts/timestamp.tsx';

export function SessionsPanel() {
  const { t } = useTranslation('account');
  const sessions = useSessions();
  const endOthers = useEndOtherSessions();
  const [isAsking, asking] = useDisclosure(false);
  const end = () =>
    endOthers.mutate(undefined, {
      onSuccess() {
        tell(t('sessions.endedOthers'));
        asking.close();
      },
      onError: tellFailure,
    });
  return (
    <SettingsPanel title={t('sessions.title')} says={t('sessions.says')}>
      <Loaded query={sessions} rows={3}>
        {(found) => (
          <Stack align="stretch">
            {found.map((session) => (
              <Device key={session.id} session={session} />
            ))}
            {found.length > 1 && (
              <Group>
                <Button variant="default" onClick={asking.open}>
                  {t('sessions.endOthers')}
                </Button>
              </Group>
            )}
          </Stack>
        )}
      </Loaded>
      <AskFirst
        title={t('sessions.endOthers')}
        says={t('sessions.endOthersSays')}
        does={t('sessions.endOthers')}
        isOpen={isAsking}
        close={asking.close}
        confirm={end}
        isBusy={endOthers.isPending}
      />
    </SettingsPanel>
  );
}

const phones = ['iPhone', 'iPad', 'Android'];

function Device({ session: { id, browser, system, address, createdAt, current } }: { session: Session }) {
  const { t } = useTranslation('account');
  const end = useEndSession();
  const device =
    browser !== null && system !== null
      ? t('sessions.on', { browser, system })
      : (browser ?? system ?? t('sessions.unknown'));
  const Shown = phones.includes(system ?? '') ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <Group justify="space-between" wrap="nowrap" align="center">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Shown size={20} stroke={1.6} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
        <div>
          <Group gap="xs">
            <Text size="sm" fw={500}>
              {device}
            </Text>
            {current && <Status of="ready">{t('sessions.current')}</Status>}
          </Group>
          <Text size="sm" c="dimmed" component="div">
            <Timestamp at={createdAt} />
            {address !== null && ` · ${address}`}
          </Text>
        </div>
      </Group>
      {!current && (
        <Button
          size="xs"
          variant="default"
          aria-label={t('sessions.endOf', { device })}
          loading={end.isPending}
          onClick={() => void end.mutateAsync(id).then(() => tell(t('sessions.ended')), tellFailure)}
        >
          {t('sessions.end')}
        </Button>
      )}
    </Group>
  );
}
