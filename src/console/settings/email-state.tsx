import { Alert, Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type EmailState as State, useCheckEmail } from '../api/email.ts';
import { useMay } from '../api/me.ts';
import { Copyable } from '../parts/copyable.tsx';
import { Status } from '../parts/rating.tsx';
import { tellFailure } from '../parts/tell.ts';

const tones = {
  missing: 'quarantined',
  set: 'ready',
  refused: 'refused',
  throttled: 'waiting',
  down: 'refused',
} as const;

const environment = 'SMTP_URL=smtps://user:password@mail.example.com\nMAIL_FROM="Acme Support <support@example.com>"';

/** What surveys leave by, what is missing, and how it is set; the same in the settings and in the set-up. */
export function EmailStateList({ of }: { of: State }) {
  const { t } = useTranslation('settings');
  const from = of.from && (of.from.name === null ? of.from.address : `${of.from.name} <${of.from.address}>`);
  return (
    <Stack gap="md">
      <Group gap="sm">
        <Status of={tones[of.state]}>{t(`email.state.${of.sandbox ? 'sandbox' : of.state}`)}</Status>
      </Group>
      {from !== null && <Text size="sm">{t('email.setSays', { from })}</Text>}
      {of.sandbox && (
        <Text size="sm">
          {t('email.sandboxSays')}{' '}
          <Anchor href="/sandbox/inbox/" target="_blank" underline="always" size="sm">
            {t('email.inbox')}
          </Anchor>
        </Text>
      )}
      {(of.state === 'refused' || of.state === 'throttled' || of.state === 'down') && (
        <Alert color={of.state === 'refused' ? 'red' : 'yellow'} variant="light">
          {of.why?.message}
        </Alert>
      )}
      {of.state === 'missing' && <How />}
      {of.state !== 'missing' && <Check />}
    </Stack>
  );
}

function How() {
  const { t } = useTranslation('settings');
  return (
    <Stack gap="sm">
      <Text size="sm">{t('email.missingSays')}</Text>
      <Text size="sm" fw={600}>
        {t('email.how')}
      </Text>
      <List type="ordered" size="sm" spacing="xs">
        <List.Item>{t('email.how1')}</List.Item>
        <List.Item>{t('email.how2')}</List.Item>
        <List.Item>{t('email.how3')}</List.Item>
      </List>
      <Copyable text={environment} label={t('email.environment')} />
    </Stack>
  );
}

function Check() {
  const { t } = useTranslation('settings');
  const mayCheck = useMay('connections:write');
  const check = useCheckEmail();
  return (
    <>
      <div aria-live="polite">
        {check.data?.works && (
          <Alert color="teal" variant="light">
            {t('email.works')}
          </Alert>
        )}
        {check.data && !check.data.works && (
          <Alert color="red" variant="light" title={t('email.worksNot')}>
            {check.data.why?.message}
          </Alert>
        )}
      </div>
      {mayCheck && (
        <Group>
          <Button
            variant="default"
            loading={check.isPending}
            onClick={() => check.mutate(undefined, { onError: tellFailure })}
          >
            {t('email.check')}
          </Button>
        </Group>
      )}
    </>
  );
}
