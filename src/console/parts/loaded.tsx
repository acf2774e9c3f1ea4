import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailureNote, Loading } from './states.tsx';

/** What a query found; until then that it is on its way, or why it did not come. */
export function Loaded<Found>({
  query,
  rows,
  children,
}: {
  query: UseQueryResult<Found>;
  rows?: number;
  children: (found: Found) => ReactNode;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <FailureNote failure={query.error} again={() => void query.refetch()} />;
  return <Loading {...(rows === undefined ? {} : { rows })} />;
}
