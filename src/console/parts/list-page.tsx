import type { ReactNode } from 'react';
import { ExportMenu } from './export-menu.tsx';
import { useListRequest } from './filters.ts';
import { Listing, type ListingProps } from './listing.tsx';
import { ConsolePage } from './page.tsx';

/** A page that is one list, which can be taken along as a file. */
export function ListPage<Item>({
  title,
  says,
  actions,
  ...listing
}: ListingProps<Item> & { title: string; says?: ReactNode; actions?: ReactNode }) {
  const { query } = useListRequest(listing.filters, listing.usualSort);
  return (
    <ConsolePage
      title={title}
      says={says}
      actions={
        <>
          {actions}
          <ExportMenu path={listing.path} query={query} />
        </>
      }
    >
      <Listing {...listing} />
    </ConsolePage>
  );
}
