import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';
import { useChangePassword } from '../api/own-password.ts';
import { SettingsPanel } from '../parts/panel.tsx';
import { PasswordField } from '../parts/password-field.tsx';
import { tell } from '../parts/tell.ts';
import { refusalIn } from '../sign-in/refusal.ts';
import { Refused } from '../sign-in/refused.tsx';

const empty = { currentPassword: '', newPassword: '', revokeOtherSessions: true };

export function PasswordPanel() {
  const { t } = useTranslation('account');
  const { t: signIn } = useTranslation('signIn');
  const { user } = useMe();
  const change = useChangePassword();
  const form = useForm({ initialValues: empty });
  const save = (values: typeof empty) =>
    change.mutate(values, {
      onSuccess() {
        form.reset();
        tell(t('password.done'));
      },
    });
  return (
    <SettingsPanel title={t('password.title')} says={t('password.says')}>
      <form onSubmit={form.onSubmit(save)}>
        <Stack maw={420}>
          {/* Whose password it is, for what keeps passwords. */}
          <input type="hidden" name="email" autoComplete="username" value={user?.email ?? ''} readOnly />
          {change.isError && <Refused>{refusalIn(signIn, change.error)}</Refused>}
          <PasswordField
            label={t('password.current')}
            autoComplete="current-password"
            required
            {...form.getInputProps('currentPassword')}
          />
          <PasswordField
            label={t('password.new')}
            autoComplete="new-password"
            required
            minLength={12}
            maxLength={128}
            {...form.getInputProps('newPassword')}
          />
          <Checkbox
            label={t('password.everywhere')}
            {...form.getInputProps('revokeOtherSessions', { type: 'checkbox' })}
          />
          <Group>
            <Button type="submit" variant="default" loading={change.isPending}>
              {t('password.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </SettingsPanel>
  );
}
