import type { AddressHashes } from '../../platform/hashes.ts';
import type { ConnectionsContext } from '../connections/index.ts';

/** What contacts work with. */
export type ContactsContext = ConnectionsContext & {
  addressHashes: AddressHashes;
  /** Normalized addresses of our own: nobody behind them is asked. */
  ownAddresses: ReadonlySet<string>;
};
