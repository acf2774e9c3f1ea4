import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { joinAsNew, type OpenedInvitation } from '../api/join.ts';
import { failureSentence, problemsByField } from '../api/problem.ts';
import { AccountNameField, EmailField, NewPasswordField } from '../sign-in/account-fields.tsx';
import { Refused } from '../sign-in/refused.tsx';

type Props = { token: string; invited: OpenedInvitation & { signedInAs: string | null }; enter: () => void };

/** Somebody new chooses how they are called and how they come in from now on. */
export function JoinAsNew({ token, invited: { email, signedInAs }, enter }: Props) {
  const { t } = useTranslation('signIn');
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: '', email, password: '' } });
  const attempt = useMutation({
    mutationFn: ({ name, password }: { name: string; password: string }) => joinAsNew(email, { token, name, password }),
    onSuccess: enter,
    onError: (failure) => form.setErrors(problemsByField(failure)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => attempt.mutate(values))}>
      <Stack>
        {attempt.isError && <Refused>{failureSentence(attempt.error)}</Refused>}
        {signedInAs !== null && (
          <Text size="sm" c="dimmed">
            {t('join.replaces', { current: signedInAs, email })}
          </Text>
        )}
        <EmailField readOnly variant="filled" key={form.key('email')} {...form.getInputProps('email')} />
        <AccountNameField form={form} />
        <NewPasswordField key={form.key('password')} {...form.getInputProps('password')} />
        <Button type="submit" size="md" loading={attempt.isPending}>
          {t('join.create')}
        </Button>
      </Stack>
    </form>
  );
}
