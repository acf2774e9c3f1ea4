import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { Fragment, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './listing.module.css';
import type { ListingColumn } from './listing.tsx';
import { Heading } from './listing-heading.tsx';

type Props<Item> = {
  columns: readonly ListingColumn<Item>[];
  items: readonly Item[];
  keyOf: (item: Item) => string;
  unfold: ((item: Item) => ReactNode) | undefined;
  sort: string;
  request: (key: string, value: string | null) => void;
  isBusy: boolean;
};

/** The rows of a list; each may open and show more of itself. */
export function ListingTable<Item>({ columns, items, keyOf, unfold, sort, request, isBusy }: Props<Item>) {
  const { t } = useTranslation('parts');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const turn = (key: string) => setOpen((before) => before.symmetricDifference(new Set([key])));
  return (
    <table className={classes.table} aria-busy={isBusy}>
      <thead>
        <tr>
          {unfold && <td className={classes.fold} />}
          {columns.map((column) => (
            <Heading key={column.key} column={column} sort={sort} request={request} />
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const key = keyOf(item);
          const isOpen = open.has(key);
          return (
            <Fragment key={key}>
              <tr data-open={isOpen}>
                {unfold && (
                  <td className={classes.fold}>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-expanded={isOpen}
                      aria-label={t('unfold')}
                      onClick={() => turn(key)}
                    >
                      {isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
                    </ActionIcon>
                  </td>
                )}
                {columns.map(({ key: column, title, isWide, show }) => (
                  <td key={column} data-title={title} data-wide={isWide}>
                    {show(item)}
                  </td>
                ))}
              </tr>
              {unfold && isOpen && (
                <tr className={classes.unfolded}>
                  <td colSpan={columns.length + 1}>{unfold(item)}</td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
