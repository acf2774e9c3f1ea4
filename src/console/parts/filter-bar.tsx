import { Button, Collapse, Group, Pill } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterField } from './filter-field.tsx';
import type { Filter } from './filters.ts';

type Props = {
  filters: readonly Filter[];
  requested: Readonly<Record<string, string>>;
  request: (key: string, value: string | null) => void;
  clear: () => void;
  /** What stands among them on a phone only. */
  onPhone?: ReactNode;
};

/** Everything that a list can be narrowed by; what is seldom wanted, and on a phone all of it, behind a button. */
export function FilterBar({ filters, requested, request, clear, onPhone }: Props) {
  const { t } = useTranslation('parts');
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const [isOpen, { toggle }] = useDisclosure(false);
  const many = Object.keys(requested).length;
  const fields = (of: readonly Filter[]) =>
    of.map((filter) => (
      <FilterField key={filter.key} filter={filter} value={requested[filter.key] ?? ''} request={request} />
    ));
  const seldom = filters.filter(({ isSeldom }) => isSeldom);
  const given = filters.filter(({ kind, key }) => kind === 'given' && requested[key] !== undefined);
  const manySeldom = seldom.filter(({ key }) => requested[key] !== undefined).length;
  const clearing = many > 0 && (
    <Button variant="subtle" color="gray" leftSection={<IconX size={16} aria-hidden />} onClick={clear}>
      {t('clearFilters')}
    </Button>
  );
  const pills = given.length > 0 && (
    <Group gap="xs" pt="xs">
      {given.map(({ key, label }) => (
        <Pill
          key={key}
          size="lg"
          withRemoveButton
          onRemove={() => request(key, null)}
          removeButtonProps={{ 'aria-label': t('takeAway', { filter: label }), 'aria-hidden': false, tabIndex: 0 }}
        >
          {label}
        </Pill>
      ))}
    </Group>
  );
  if (isNarrow) {
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
        {pills}
        <Collapse expanded={isOpen} pt="sm">
          <Group gap="xs" align="flex-end" role="search" grow preventGrowOverflow={false}>
            {onPhone}
            {fields(filters)}
            {clearing}
          </Group>
        </Collapse>
      </div>
    );
  }
  const Chevron = isOpen ? IconChevronUp : IconChevronDown;
  return (
    <search>
      <Group gap="xs" align="flex-end">
        {fields(filters.filter(({ isSeldom }) => !isSeldom))}
        {seldom.length > 0 && (
          <Button
            variant="default"
            rightSection={<Chevron size={16} aria-hidden />}
            aria-expanded={isOpen}
            onClick={toggle}
          >
            {t('moreFilters')}
            {manySeldom > 0 ? ` (${manySeldom})` : ''}
          </Button>
        )}
        {clearing}
      </Group>
      <Collapse expanded={isOpen} pt={isOpen ? 'xs' : 0}>
        <Group gap="xs" align="flex-end">
          {fields(seldom)}
        </Group>
      </Collapse>
      {pills}
    </search>
  );
}
