import { Select, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './listing.module.css';
import type { ListingColumn } from './listing.tsx';

type Sorted = { sort: string; request: (key: string, value: string | null) => void };

/** A column's title, which sorts by it where it can be sorted by. */
export function Heading<Item>({
  column: { title, order, isWide },
  sort,
  request,
}: Sorted & { column: ListingColumn<Item> }) {
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
        onClick={() => request('sort', isDescending ? order : `-${order}`)}
      >
        {title}
        <Arrow size={14} aria-hidden />
      </UnstyledButton>
    </th>
  );
}

/** The same where there are no headings, as on a phone. */
export function SortChoice<Item>({ columns, sort, request }: Sorted & { columns: readonly ListingColumn<Item>[] }) {
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
      onChange={(chosen) => request('sort', chosen)}
      allowDeselect={false}
    />
  );
}
