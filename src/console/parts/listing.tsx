import { Button, Card, Center, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListedPage, useListing } from '../api/listing.ts';
import { FilterBar } from './filter-bar.tsx';
import { type Filter, useListRequest } from './filters.ts';
import classes from './listing.module.css';
import { SortChoice } from './listing-heading.tsx';
import { ListingTable } from './listing-table.tsx';
import { Empty, FailureNote, Loading } from './states.tsx';

export type ListingColumn<Item> = {
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
  columns: readonly ListingColumn<Item>[];
  filters: readonly Filter[];
  usualSort: string;
  keyOf: (item: Item) => string;
  /** What a row shows when it is opened. */
  unfold?: (item: Item) => ReactNode;
  /** What to say while there is nothing at all. */
  empty: { title?: string; says: ReactNode; action?: ReactNode };
};

/**
 * A list of the API: filtered, sorted and paged there, with every choice in the address. `ListPage` is a whole page of
 * one.
 */
export function Listing<Item>({ path, columns, filters, usualSort, keyOf, unfold, empty }: ListingProps<Item>) {
  const { t, i18n } = useTranslation('parts');
  const { query, sort, requested, request, clear } = useListRequest(filters, usualSort);
  const list = useListing<Item>(path, query);
  const items = list.data?.pages.flatMap((page: ListedPage<Item>) => page.items) ?? [];
  const total = list.data?.pages[0]?.total;
  const isFiltered = Object.keys(requested).length > 0;

  return (
    <>
      <FilterBar
        filters={filters}
        requested={requested}
        request={request}
        clear={clear}
        onPhone={<SortChoice columns={columns} sort={sort} request={request} />}
      />
      <Card padding={0} className={classes.card}>
        {list.isPending && (
          <div className={classes.loading}>
            <Loading rows={8} />
          </div>
        )}
        {list.isError && (
          <div className={classes.loading}>
            <FailureNote failure={list.error} again={() => void list.refetch()} />
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
          <ListingTable
            columns={columns}
            items={items}
            keyOf={keyOf}
            unfold={unfold}
            sort={sort}
            request={request}
            isBusy={list.isFetching}
          />
        )}
      </Card>
      {items.length > 0 && total && (
        <Text size="sm" c="dimmed" ta="center" role="status" className="figure">
          {t(total.more ? 'shownOfMore' : 'shownOf', {
            shown: items.length.toLocaleString(i18n.language),
            total: total.count.toLocaleString(i18n.language),
          })}
        </Text>
      )}
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
