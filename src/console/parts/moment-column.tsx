import type { Column } from './listing.tsx';
import { Moment } from './moment.tsx';

/** When it was, by which the API can sort. */
export const momentColumn = <Key extends string>(
  key: Key,
  title: string,
): Column<Readonly<Record<Key, string | null>>> => ({
  key,
  title,
  order: key,
  show: (of) => <Moment at={of[key]} />,
});
