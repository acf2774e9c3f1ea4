import { Button, Card, Center, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Listed, useListing } from '../api/listing.ts';
import { FilterBar } from './filter-bar.tsx';
import { type Filter, useWishes } from './filters.ts';
import classes from './listing.module.css';
import { Empty, Failure, Loading } from './states.tsx';

export type Column<Item> = {
  key: string;
  title: string;
  /** What the API sorts by, where it can be sorted by. */
  order?: string;
  /** It may take the room that is left. */
  isWide?: boolean;
  show: (item: Item) => ReactNode;
};

export type ListingProps<Item> = {
  /** Below `/api`. */
  path: string;
  columns: readonly Column<Item>[];
  filters: readonly Filter[];
  usualSort: string;
  keyOf: (item: Item) => string;
  /** What to say while there is nothing at all. */
  empty: { title?: string; says: ReactNode; action?: ReactNode };
};

/**
 * A list of the API: filtered, sorted and paged there, with every choice in the address. `ListPage` is a whole page of
 * one.
 */
export function Listing<Item>({ path, columns, filters, usualSort, keyOf, empty }: ListingProps<Item>) {
  const { t } = useTranslation('parts');
  const { query, sort, wished, wish, clear } = useWishes(filters, usualSort);
  const list = useListing<Item>(path, query);
  const items = list.data?.pages.flatMap((page: Listed<Item>) => page.items) ?? [];
  const isFiltered = Object.keys(wished).length > 0;

  return (
    <>
      <FilterBar filters={filters} wished={wished} wish={wish} clear={clear} />
      <Card padding={0} className={classes.card}>
        {list.isPending && (
          <div className={classes.loading}>
            <Loading rows={8} />
          </div>
        )}
        {list.isError && (
          <div className={classes.loading}>
            <Failure failure={list.error} again={() => void list.refetch()} />
          </div>
        )}
        {list.isSuccess && items.length === 0 && !isFiltered && (
          <Empty title={empty.title ?? t('nothingYet')} says={empty.says} action={empty.action} />
        )}
        {list.isSuccess && items.length === 0 && isFiltered && (
          <Empty
            title={t('nothingMatches')}
            action={
              <Button variant="light" onClick={clear}>
                {t('clearFilters')}
              </Button>
            }
          />
        )}
        {items.length > 0 && (
          <table className={classes.table} aria-busy={list.isFetching}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <Heading key={column.key} column={column} sort={sort} wish={wish} />
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={keyOf(item)}>
                  {columns.map(({ key, title, isWide, show }) => (
                    <td key={key} data-title={title} data-wide={isWide}>
                      {show(item)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Card>
      {list.hasNextPage && (
        <Center>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('more')}
          </Button>
        </Center>
      )}
    </>
  );
}

type HeadingProps<Item> = {
  column: Column<Item>;
  sort: string;
  wish: (key: string, value: string | null) => void;
};

function Heading<Item>({ column: { title, order, isWide }, sort, wish }: HeadingProps<Item>) {
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
