import type { NetworkHashes } from '../../platform/hashes.ts';
import type { InvitationsContext } from '../invitations/index.ts';
import type { PageTokens } from './page-tokens.ts';

/** What the survey page and its answers work with. */
export type ResponsesContext = InvitationsContext & {
  pageTokens: PageTokens;
  networkHashes: NetworkHashes;
};
