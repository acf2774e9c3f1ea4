import { Button, Center, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useConfirmSecondFactor } from '../api/own-password.ts';
import { Copyable } from '../parts/copyable.tsx';
import { CodeField } from '../sign-in/code-field.tsx';
import { refusalIn } from '../sign-in/refusal.ts';
import { QrCode } from './qr-code.tsx';

/** The address as a picture and its key as text; it counts once a code of it was right. */
export function ScanStep({ address, close, done }: { address: string; close: () => void; done: () => void }) {
  const { t } = useTranslation('account');
  const { t: parts } = useTranslation('parts');
  const { t: signIn } = useTranslation('signIn');
  const confirm = useConfirmSecondFactor();
  const form = useForm({ mode: 'uncontrolled', initialValues: { code: '' } });
  const key = new URL(address).searchParams.get('secret') ?? '';
  return (
    <form onSubmit={form.onSubmit(({ code }) => confirm.mutate(code.replace(/\s/gu, ''), { onSuccess: done }))}>
      <Stack>
        <Text size="sm">{t('factor.scanSays')}</Text>
        <Center>
          <QrCode of={address} label={t('factor.qr')} />
        </Center>
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t('factor.key')}
          </Text>
          <Copyable text={key.replace(/(.{4})(?=.)/gu, '$1 ')} label={t('factor.key')} />
        </div>
        <CodeField
          label={t('factor.code')}
          autoFocus={false}
          data-autofocus
          key={form.key('code')}
          {...form.getInputProps('code')}
          error={confirm.isError ? refusalIn(signIn, confirm.error) : null}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {parts('cancel')}
          </Button>
          <Button type="submit" loading={confirm.isPending}>
            {t('factor.turnOn')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
