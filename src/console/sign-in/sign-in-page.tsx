import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { isProblem, sentenceOf } from '../api/problem.ts';
import { signIn } from '../api/sign-in.ts';
import { Frame } from './frame.tsx';
import { placeAfter } from './place-after.ts';

export function SignInPage() {
  const { t } = useTranslation('signIn');
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } });
  const attempt = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email, password),
    onSuccess: () => navigate(placeAfter(params.get('next')), { replace: true }),
  });
  const said = (failure: unknown) =>
    isProblem(failure, 401) ? t('wrong') : isProblem(failure, 429) ? t('tooMany') : sentenceOf(failure);
  return (
    <Frame title={t('title')}>
      <form onSubmit={form.onSubmit((values) => attempt.mutate(values))}>
        <Stack>
          {attempt.isError && (
            <Alert color="red" variant="light" role="alert">
              {said(attempt.error)}
            </Alert>
          )}
          <TextInput
            label={t('email')}
            type="email"
            name="email"
            autoComplete="username"
            required
            autoFocus
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('password')}
            name="password"
            autoComplete="current-password"
            required
            key={form.key('password')}
            {...form.getInputProps('password')}
          />
          <Button type="submit" size="md" loading={attempt.isPending}>
            {t('submit')}
          </Button>
        </Stack>
      </form>
      <Anchor component={Link} to="/calculators" size="sm" ta="center">
        {t('calculators')}
      </Anchor>
    </Frame>
  );
}
