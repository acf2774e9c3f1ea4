import { Alert, Anchor, Button, Divider, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { signIn, signInElsewhere, type WaysIn } from '../api/sign-in.ts';
import { PasswordField } from '../parts/password-field.tsx';
import { EmailField } from './account-fields.tsx';
import { refusalIn, returnedIn } from './refusal.ts';
import { Refused } from './refused.tsx';

type Props = {
  ways: WaysIn | undefined;
  /** Where they go afterwards. */
  place: string;
  /** Why an identity provider sent them back. */
  returned: string | null;
  enter: () => void;
  goTo: (step: 'code' | 'forgotten') => void;
};

export function PasswordStep({ ways, place, returned, enter, goTo }: Props) {
  const { t } = useTranslation('signIn');
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } });
  const attempt = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => signIn(email, password),
    onSuccess: (isHalfway) => (isHalfway ? goTo('code') : enter()),
  });
  const leave = useMutation({ mutationFn: () => signInElsewhere(place) });
  const failure = attempt.error ?? leave.error;
  return (
    <form onSubmit={form.onSubmit((values) => attempt.mutate(values))}>
      <Stack>
        {ways?.account === false && (
          <Alert color="iris" variant="light" title={t('noAccount.title')}>
            {t('noAccount.says')}
          </Alert>
        )}
        {failure ? (
          <Refused>{refusalIn(t, failure)}</Refused>
        ) : (
          returned !== null && <Refused>{returnedIn(t, returned)}</Refused>
        )}
        {ways?.singleSignOn && (
          <>
            <Button
              variant="default"
              size="md"
              loading={leave.isPending || leave.isSuccess}
              onClick={() => leave.mutate()}
            >
              {t('with', { name: ways.singleSignOn })}
            </Button>
            <Divider label={t('or')} />
          </>
        )}
        <EmailField autoFocus key={form.key('email')} {...form.getInputProps('email')} />
        <PasswordField
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
        <Anchor component="button" type="button" size="sm" onClick={() => goTo('forgotten')}>
          {t('forgot')}
        </Anchor>
      </Stack>
    </form>
  );
}
