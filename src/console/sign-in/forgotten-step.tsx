import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { problemsByField } from '../api/problem.ts';
import { askForResetLink } from '../api/sign-in.ts';
import { EmailField } from './account-fields.tsx';
import { SignInFrame } from './frame.tsx';
import { refusalIn } from './refusal.ts';
import { Refused } from './refused.tsx';

/** Without a password: a link by mail, where mail can be sent. */
export function ForgottenStep({ isEmailed, back }: { isEmailed: boolean; back: () => void }) {
  const { t } = useTranslation('signIn');
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '' } });
  const ask = useMutation({
    mutationFn: ({ email }: { email: string }) => askForResetLink(email),
    onError: (failure) => form.setErrors(problemsByField(failure)),
  });
  const toSignIn = (
    <Anchor component="button" type="button" size="sm" onClick={back}>
      {t('back')}
    </Anchor>
  );
  if (!isEmailed) {
    return (
      <SignInFrame title={t('forgotten.title')}>
        <Text>{t('forgotten.noEmail')}</Text>
        {toSignIn}
      </SignInFrame>
    );
  }
  if (ask.isSuccess) {
    return (
      <SignInFrame title={t('forgotten.sent')}>
        <Text role="status">{t('forgotten.sentSays', ask.variables)}</Text>
        {toSignIn}
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title={t('forgotten.title')} says={t('forgotten.says')}>
      <form onSubmit={form.onSubmit((values) => ask.mutate(values))}>
        <Stack>
          {ask.isError && <Refused>{refusalIn(t, ask.error)}</Refused>}
          <EmailField autoFocus key={form.key('email')} {...form.getInputProps('email')} />
          <Button type="submit" size="md" loading={ask.isPending}>
            {t('forgotten.submit')}
          </Button>
          {toSignIn}
        </Stack>
      </form>
    </SignInFrame>
  );
}
