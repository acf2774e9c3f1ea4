import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { failureSentence, problemsByField } from '../api/problem.ts';
import { createFirstAccount, type FirstAccount, useWaysIn } from '../api/sign-in.ts';
import { AccountNameField, EmailField, NewPasswordField } from '../sign-in/account-fields.tsx';
import { SignInFrame } from '../sign-in/frame.tsx';
import { useLinkToken } from '../sign-in/link-token.ts';
import { Refused } from '../sign-in/refused.tsx';

/** Where the one-time link of the first start leads: the first account, which owns the workspace. */
export function SetupPage() {
  const { t } = useTranslation('signIn');
  const navigate = useNavigate();
  const { data: ways } = useWaysIn();
  const token = useLinkToken();
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: '', email: '', password: '' } });
  const attempt = useMutation({
    mutationFn: (account: FirstAccount) => createFirstAccount(account),
    onSuccess: () => navigate('/welcome', { replace: true }),
    onError: (failure) => form.setErrors(problemsByField(failure)),
  });
  if (ways?.account) {
    return (
      <SignInFrame title={t('setupIsOver')}>
        <Text>{t('setupIsOverSays')}</Text>
        <Button component={Link} to="/sign-in" size="md">
          {t('submit')}
        </Button>
      </SignInFrame>
    );
  }
  if (token === '') {
    return (
      <SignInFrame title={t('setupTitle')}>
        <Text>{t('noToken')}</Text>
        <SignInInstead />
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title={t('setupTitle')} says={t('setupSays')}>
      <form onSubmit={form.onSubmit((values) => attempt.mutate({ token, ...values }))}>
        <Stack>
          {attempt.isError && <Refused>{failureSentence(attempt.error)}</Refused>}
          <AccountNameField form={form} />
          <EmailField key={form.key('email')} {...form.getInputProps('email')} />
          <NewPasswordField key={form.key('password')} {...form.getInputProps('password')} />
          <Button type="submit" size="md" loading={attempt.isPending}>
            {t('create')}
          </Button>
        </Stack>
      </form>
      <SignInInstead />
    </SignInFrame>
  );
}

function SignInInstead() {
  const { t } = useTranslation('signIn');
  return (
    <Text size="sm" c="dimmed">
      {t('haveAccount')}{' '}
      <Anchor component={Link} to="/sign-in" underline="always">
        {t('submit')}
      </Anchor>
    </Text>
  );
}
