import { Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from './filters.ts';

type SetFilter = (key: string, value: string | null) => void;

/** Where one filter is chosen. */
export function FilterField({ filter, value, request }: { filter: Filter; value: string; request: SetFilter }) {
  const { t } = useTranslation('parts');
  const { key, label, kind } = filter;
  if (kind === 'given') return null;
  if (kind === 'text') return <Words label={label} value={value} request={(text) => request(key, text)} />;
  if (kind === 'day') {
    return (
      <TextInput
        size="sm"
        type="date"
        label={label}
        value={value}
        onChange={({ currentTarget }) => request(key, currentTarget.value)}
      />
    );
  }
  const options =
    kind === 'choice'
      ? filter.options
      : [
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ];
  return (
    <Select
      size="sm"
      w={140}
      label={label}
      placeholder={t('any')}
      data={[...options]}
      value={value === '' ? null : value}
      onChange={(chosen) => request(key, chosen)}
      clearable
      searchable={options.length > 8}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}

/** The list follows when they stop typing. */
function Words({ label, value, request }: { label: string; value: string; request: (text: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // Changed from elsewhere, as by clearing all filters.
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  const tell = useDebouncedCallback((text: string) => {
    setKnown(text.trim());
    request(text.trim());
  }, 300);
  return (
    <TextInput
      size="sm"
      w={180}
      label={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        tell(currentTarget.value);
      }}
    />
  );
}
