import { type PasswordInputProps, TextInput, type TextInputProps } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../parts/password-field.tsx';

/** For whoever chooses how they are called. */
export function AccountNameField({
  form,
}: {
  form: UseFormReturnType<{ name: string; password: string; email: string }>;
}) {
  const { t } = useTranslation('signIn');
  return (
    <TextInput
      label={t('name')}
      name="name"
      autoComplete="name"
      required
      autoFocus
      key={form.key('name')}
      {...form.getInputProps('name')}
    />
  );
}

/** Whom the password is of: also for a browser that keeps both. */
export function EmailField(props: TextInputProps) {
  const { t } = useTranslation('signIn');
  return <TextInput label={t('email')} type="email" name="email" autoComplete="username" required {...props} />;
}

export function NewPasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('signIn');
  return (
    <PasswordField
      label={t('newPassword')}
      description={t('newPasswordSays')}
      name="password"
      autoComplete="new-password"
      minLength={12}
      maxLength={128}
      required
      {...props}
    />
  );
}
