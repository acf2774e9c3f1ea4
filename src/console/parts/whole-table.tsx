import type { ReactNode } from 'react';
import classes from './listing.module.css';

type WholeColumn<Item> = {
  key: string;
  title: string;
  /** Its title is for whoever hears the page: what stands in it says itself what it is. */
  isPlain?: boolean;
  show: (item: Item) => ReactNode;
};

/** A list short enough to be shown as a whole; it looks as the long ones do. */
export function WholeTable<Item>({
  label,
  columns,
  items,
  keyOf,
}: {
  label: string;
  columns: readonly WholeColumn<Item>[];
  items: readonly Item[];
  keyOf: (item: Item) => string;
}) {
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ key, title, isPlain }) => (
            <th key={key} scope="col">
              {isPlain ? <span className={classes.hidden}>{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={keyOf(item)}>
            {columns.map(({ key, title, isPlain, show }) => (
              <td key={key} data-title={isPlain ? undefined : title} data-plain={isPlain}>
                {show(item)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
