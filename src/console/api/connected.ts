import { call } from './call.ts';

type Connected = { id: string; connector: string; title: string; account: string | null; status: string };

/** The connected accounts, to choose from. */
export const connectedQuery = {
  queryKey: ['connections'],
  queryFn: () => call<{ items: readonly Connected[] }>('GET', '/connections'),
};
