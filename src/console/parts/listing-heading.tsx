import { Select, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './listing.module.css';
import type { Column } from './listing.tsx';

type Sorted = { sort: string; wish: (key: string, value: string | null) => void };

/** A column's title, which sorts by it where it can be sorted by. */
export function Heading<Item>({ column: { title, order, isWide }, sort, wish }: Sorted & { column: Column<Item> }) {
  const { t } = useTranslation('parts');
  if (order === undefined) {
    return (
      <th scope="col" data-wide={isWide}>
        {title}
      </th>
    );
  }
  const isAscending = sort === order;
  const isDescending = sort === `-${order}`;
  const Arrow = isAscending ? IconArrowUp : isDescending ? IconArrowDown : IconArrowsSort;
  return (
    <th scope="col" data-wide={isWide} aria-sort={isAscending ? 'ascending' : isDescending ? 'descending' : 'none'}>
      <UnstyledButton
        className={classes.sort}
        data-sorted={isAscending || isDescending}
        title={t('sortedBy', { column: title })}
        onClick={() => wish('sort', isDescending ? order : `-${order}`)}
      >
        {title}
        <Arrow size={14} aria-hidden />
      </UnstyledButton>
    </th>
  );
}

/** The same where there are no headings, as on a phone. */
export function SortChoice<Item>({ columns, sort, wish }: Sorted & { columns: readonly Column<Item>[] }) {
  const { t } = useTranslation('parts');
  const sorted = columns.flatMap(({ title, order }) => (order === undefined ? [] : [{ title, order }]));
  if (sorted.length === 0) return null;
  return (
    <Select
      size="sm"
      label={t('sorted')}
      data={sorted.flatMap(({ title, order }) => [
        { value: `-${order}`, label: t('descending', { column: title }) },
        { value: order, label: t('ascending', { column: title }) },
      ])}
      value={sort}
      onChange={(chosen) => wish('sort', chosen)}
      allowDeselect={false}
    />
  );
}
