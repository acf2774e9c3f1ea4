import { Button, Collapse, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from './filters.ts';

type Props = {
  filters: readonly Filter[];
  wished: Readonly<Record<string, string>>;
  wish: (key: string, value: string | null) => void;
  clear: () => void;
};

/** Everything that a list can be narrowed by; on a phone behind a button. */
export function FilterBar({ filters, wished, wish, clear }: Props) {
  const { t } = useTranslation('parts');
  const isNarrow = useMediaQuery('(max-width: 48em)');
  const [isOpen, { toggle }] = useDisclosure(false);
  const many = Object.keys(wished).length;
  const bar = (
    <Group gap="xs" align="flex-end" role="search">
      {filters.map((filter) => (
        <One key={filter.key} filter={filter} value={wished[filter.key] ?? ''} wish={wish} />
      ))}
      {many > 0 && (
        <Button variant="subtle" color="gray" leftSection={<IconX size={16} aria-hidden />} onClick={clear}>
          {t('clearFilters')}
        </Button>
      )}
    </Group>
  );
  if (!isNarrow) return bar;
  return (
    <div>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {t('filters')}
        {many > 0 ? ` (${many})` : ''}
      </Button>
      <Collapse expanded={isOpen} pt="sm">
        {bar}
      </Collapse>
    </div>
  );
}

function One({ filter, value, wish }: { filter: Filter; value: string; wish: Props['wish'] }) {
  const { t } = useTranslation('parts');
  const { key, label } = filter;
  if (filter.kind === 'text') return <Words label={label} value={value} wish={(text) => wish(key, text)} />;
  if (filter.kind === 'day') {
    return (
      <TextInput
        size="sm"
        type="date"
        label={label}
        value={value}
        onChange={({ currentTarget }) => wish(key, currentTarget.value)}
      />
    );
  }
  const options =
    filter.kind === 'choice'
      ? filter.options
      : [
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ];
  return (
    <Select
      size="sm"
      w={150}
      label={label}
      placeholder={t('any')}
      data={[...options]}
      value={value === '' ? null : value}
      onChange={(chosen) => wish(key, chosen)}
      clearable
      searchable={options.length > 8}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
    />
  );
}

/** The list follows when they stop typing. */
function Words({ label, value, wish }: { label: string; value: string; wish: (text: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // Changed from elsewhere, as by clearing all filters.
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  const tell = useDebouncedCallback((text: string) => {
    setKnown(text.trim());
    wish(text.trim());
  }, 300);
  return (
    <TextInput
      size="sm"
      w={220}
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
