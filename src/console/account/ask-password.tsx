import { Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../parts/password-field.tsx';
import { refusalIn } from '../sign-in/refusal.ts';

type Props = {
  says: string;
  does: string;
  isGrave?: boolean;
  isBusy: boolean;
  failure: unknown;
  close: () => void;
  confirm: (password: string) => void;
};

/** Whoever finds a screen unlocked should not be able to change how its owner signs in. */
export function AskPassword({ says, does, isGrave = false, isBusy, failure, close, confirm }: Props) {
  const { t } = useTranslation('account');
  const { t: parts } = useTranslation('parts');
  const { t: signIn } = useTranslation('signIn');
  const form = useForm({ mode: 'uncontrolled', initialValues: { password: '' } });
  return (
    <form onSubmit={form.onSubmit(({ password }) => confirm(password))}>
      <Stack>
        <Text size="sm">{says}</Text>
        <PasswordField
          label={t('factor.password')}
          autoComplete="current-password"
          required
          data-autofocus
          key={form.key('password')}
          {...form.getInputProps('password')}
          error={failure ? refusalIn(signIn, failure) : null}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {parts('cancel')}
          </Button>
          <Button type="submit" loading={isBusy} {...(isGrave ? { color: 'red.9' } : {})}>
            {does}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
