import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { failureSentence, Problem, problemsByField } from '../api/problem.ts';
import { resetPassword } from '../api/sign-in.ts';
import { tell } from '../parts/tell.ts';
import { NewPasswordField } from '../sign-in/account-fields.tsx';
import { SignInFrame } from '../sign-in/frame.tsx';
import { useLinkToken } from '../sign-in/link-token.ts';
import { Refused } from '../sign-in/refused.tsx';

/** Where a link to a new password leads; afterwards they are signed in with it. */
export function ResetPage() {
  const { t } = useTranslation('signIn');
  const navigate = useNavigate();
  const token = useLinkToken();
  const form = useForm({ mode: 'uncontrolled', initialValues: { password: '' } });
  const attempt = useMutation({
    mutationFn: ({ password }: { password: string }) => resetPassword(token, password),
    onSuccess(isHalfway) {
      tell(t('passwordIsSet'));
      return navigate(isHalfway ? '/sign-in?step=code' : '/', { replace: true });
    },
    onError: (failure) => form.setErrors(problemsByField(failure)),
  });
  const isOver = token === '' || (attempt.error instanceof Problem && attempt.error.code === 'link_expired');
  if (isOver) {
    return (
      <SignInFrame title={t('reset.over')}>
        <Text>{token === '' ? t('reset.noToken') : failureSentence(attempt.error)}</Text>
        <Button component={Link} to="/sign-in?step=forgotten" variant="light">
          {t('reset.another')}
        </Button>
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title={t('reset.title')} says={t('reset.says')}>
      <form onSubmit={form.onSubmit((values) => attempt.mutate(values))}>
        <Stack>
          {attempt.isError && <Refused>{failureSentence(attempt.error)}</Refused>}
          <NewPasswordField autoFocus key={form.key('password')} {...form.getInputProps('password')} />
          <Button type="submit" size="md" loading={attempt.isPending}>
            {t('reset.submit')}
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  );
}
