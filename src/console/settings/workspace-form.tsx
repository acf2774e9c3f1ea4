import { Button, Group, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/me.ts';
import { Problem } from '../api/problem.ts';
import { useChangeWorkspace, type WorkspaceSettings } from '../api/workspace.ts';
import { tell, tellFailure } from '../parts/tell.ts';
import { languageName, useTextLanguages } from './languages.ts';
import { problemsOfLists } from './problems-of-lists.ts';

/** Who the workspace is: the same in the settings and in the set-up. */
export function WorkspaceForm({ of, act, done }: { of: WorkspaceSettings; act: string; done?: () => void }) {
  const { t, i18n } = useTranslation('settings');
  const mayChange = useMay('admin');
  const change = useChangeWorkspace();
  const languages = useTextLanguages(of.language);
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const form = useForm({
    initialValues: {
      name: of.name ?? '',
      language: of.language,
      // Before anybody said where they are, it is where they sit.
      timeZone: of.name === null && of.timeZone === 'UTC' ? here : of.timeZone,
      ownAddresses: of.ownAddresses,
      ownDomains: of.ownDomains,
      machineAddresses: of.machineAddresses,
    },
  });
  const zones = useMemo(
    () => [...new Set(['UTC', here, of.timeZone, ...Intl.supportedValuesOf('timeZone')])],
    [here, of],
  );
  const submit = form.onSubmit((values) =>
    change.mutate(
      { ...values, name: values.name.trim() === '' ? null : values.name.trim() },
      {
        onSuccess: () => {
          tell(t('workspace.saved'));
          done?.();
        },
        onError: (failure) => {
          form.setErrors(problemsOfLists(failure));
          if (!(failure instanceof Problem) || failure.problems.length === 0) tellFailure(failure);
        },
      },
    ),
  );
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('workspace.name')}
          description={t('workspace.nameSays')}
          maxLength={120}
          required
          disabled={!mayChange}
          {...form.getInputProps('name')}
        />
        <Select
          label={t('workspace.language')}
          description={t('workspace.languageSays')}
          data={languages.map((tag) => ({ value: tag, label: languageName(tag, i18n.language) }))}
          allowDeselect={false}
          searchable
          disabled={!mayChange}
          {...form.getInputProps('language')}
        />
        <Select
          label={t('workspace.timeZone')}
          description={t('workspace.timeZoneSays')}
          data={zones}
          allowDeselect={false}
          searchable
          limit={60}
          disabled={!mayChange}
          {...form.getInputProps('timeZone')}
        />
        <TagsInput
          label={t('workspace.ownAddresses')}
          description={t('workspace.ownAddressesSays')}
          disabled={!mayChange}
          splitChars={[',', ' ']}
          acceptValueOnBlur
          {...form.getInputProps('ownAddresses')}
        />
        <TagsInput
          label={t('workspace.ownDomains')}
          description={t('workspace.ownDomainsSays')}
          disabled={!mayChange}
          splitChars={[',', ' ']}
          acceptValueOnBlur
          {...form.getInputProps('ownDomains')}
        />
        <TagsInput
          label={t('workspace.machineAddresses')}
          description={t('workspace.machineAddressesSays')}
          disabled={!mayChange}
          splitChars={[',', ' ']}
          acceptValueOnBlur
          {...form.getInputProps('machineAddresses')}
        />
        {mayChange ? (
          <Group>
            <Button type="submit" loading={change.isPending}>
              {act}
            </Button>
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            {t('mayNot')}
          </Text>
        )}
      </Stack>
    </form>
  );
}
