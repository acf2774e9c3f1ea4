import type { ListingColumn } from './listing.tsx';
import { Timestamp } from './timestamp.tsx';

/** When it was, by which the API can sort. */
export const timestampColumn = <Key extends string>(
  key: Key,
  title: string,
): ListingColumn<Readonly<Record<Key, string | null>>> => ({
  key,
  title,
  order: key,
  show: (of) => <Timestamp at={of[key]} />,
});
