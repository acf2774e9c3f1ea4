import { Checkbox, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Scope } from '../../platform/http/scopes.ts';
import { useMakeKey } from '../api/keys.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { tellBeside } from '../parts/tell.ts';
import { scopeNames } from './scope-words.ts';

const noEnd = 'none';
const day = 86_400_000;

export function MakeKey({ close }: { close: () => void }) {
  const { t } = useTranslation('keys');
  const make = useMakeKey();
  const form = useForm({
    initialValues: { name: '', scopes: ['read'] as Scope[], days: '365' },
    validate: { scopes: (scopes) => (scopes.length === 0 ? t('make.scopesMissing') : null) },
  });
  if (make.data) {
    return (
      <ShownOnce
        title={t('make.ready', make.data)}
        says={t('make.once')}
        label={t('make.key')}
        text={make.data.key}
        done={t('make.done')}
        close={close}
      />
    );
  }
  function save() {
    if (form.validate().hasErrors) return;
    const { days, ...requested } = form.values;
    const until = days === noEnd ? {} : { expiresAt: new Date(Date.now() + Number(days) * day).toISOString() };
    make.mutate(
      { ...requested, ...until },
      {
        onError: (failure) => tellBeside(form.setErrors, failure),
      },
    );
  }
  return (
    <AskFirst
      title={t('make.title')}
      does={t('make.submit')}
      isOpen
      close={close}
      confirm={save}
      isBusy={make.isPending}
    >
      <TextInput
        label={t('make.name')}
        placeholder={t('make.namePlaceholder')}
        required
        maxLength={120}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Checkbox.Group
        label={t('make.scopes')}
        description={t('make.scopesSay')}
        {...form.getInputProps('scopes')}
        onChange={(scopes) => form.setFieldValue('scopes', scopes as Scope[])}
      >
        <Stack gap="xs" mt="xs">
          {scopeNames.map(([scope, name]) => (
            <Checkbox key={scope} value={scope} label={t(`scopes.${name}`)} description={t(`scopesSay.${name}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Select
        label={t('make.expiry')}
        allowDeselect={false}
        data={[
          ...[30, 90].map((count) => ({ value: String(count), label: t('make.days', { count }) })),
          { value: '365', label: t('make.year') },
          { value: noEnd, label: t('make.noEnd') },
        ]}
        {...form.getInputProps('days')}
      />
    </AskFirst>
  );
}
