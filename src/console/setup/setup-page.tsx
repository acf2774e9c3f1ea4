import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { problemsByField, sentenceOf } from '../api/problem.ts';
import { type FirstAccount, setUp } from '../api/sign-in.ts';
import { Frame } from '../sign-in/frame.tsx';

/** Where the one-time link of the first start leads: the first account, which owns the workspace. */
export function SetupPage() {
  const { t } = useTranslation('signIn');
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const token = params.get('token') ?? '';
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: '', email: '', password: '' } });
  const attempt = useMutation({
    mutationFn: (account: FirstAccount) => setUp(account),
    onSuccess: () => navigate('/welcome', { replace: true }),
    onError: (failure) => form.setErrors(problemsByField(failure)),
  });
  if (token === '') {
    return (
      <Frame title={t('setupTitle')}>
        <Text>{t('noToken')}</Text>
        <SignInInstead />
      </Frame>
    );
  }
  return (
    <Frame title={t('setupTitle')} says={t('setupSays')}>
      <form onSubmit={form.onSubmit((values) => attempt.mutate({ token, ...values }))}>
        <Stack>
          {attempt.isError && (
            <Alert color="red" variant="light" role="alert">
              {sentenceOf(attempt.error)}
            </Alert>
          )}
          <TextInput
            label={t('name')}
            name="name"
            autoComplete="name"
            required
            autoFocus
            key={form.key('name')}
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('email')}
            type="email"
            name="email"
            autoComplete="username"
            required
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('newPassword')}
            description={t('newPasswordSays')}
            name="password"
            autoComplete="new-password"
            required
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={attempt.isPending}>
            {t('create')}
          </Button>
        </Stack>
      </form>
      <SignInInstead />
    </Frame>
  );
}

function SignInInstead() {
  const { t } = useTranslation('signIn');
  return (
    <Text size="sm" c="dimmed">
      {t('haveAccount')}{' '}
      <Anchor component={Link} to="/sign-in">
        {t('submit')}
      </Anchor>
    </Text>
  );
}
