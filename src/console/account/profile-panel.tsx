import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useChangeMe, useMe } from '../api/me.ts';
import { SettingsPanel } from '../parts/panel.tsx';
import { tell, tellBeside } from '../parts/tell.ts';

export function ProfilePanel() {
  const { t } = useTranslation('account');
  const { t: parts } = useTranslation('parts');
  const { user } = useMe();
  const change = useChangeMe();
  const form = useForm({ initialValues: { name: user?.name ?? '' } });
  const save = ({ name }: { name: string }) =>
    change.mutate(
      { name },
      {
        onSuccess() {
          form.resetDirty();
          tell(parts('saved'));
        },
        onError: (failure) => tellBeside(form.setErrors, failure),
      },
    );
  return (
    <SettingsPanel title={t('profile.title')} says={t('profile.says')}>
      <form onSubmit={form.onSubmit(save)}>
        <Stack maw={420}>
          <TextInput
            label={t('profile.name')}
            autoComplete="name"
            required
            maxLength={120}
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('profile.email')}
            description={t('profile.emailSays')}
            value={user?.email ?? ''}
            readOnly
            variant="filled"
          />
          <Group>
            <Button type="submit" disabled={!form.isDirty()} loading={change.isPending}>
              {parts('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </SettingsPanel>
  );
}
