import type { IncomingHttpHeaders } from 'node:http';
import type { Role, Scope } from './scopes.ts';

/** Who calls the API, in which workspace, and what they may do there. */
export type Caller = {
  workspaceId: string;
  /** As it stands in the audit log: the user's or the key's id, or `environment` for `API_KEY`. */
  actor: string;
  scopes: ReadonlySet<Scope>;
  /** A person who signed in; absent for a key. */
  user?: SignedIn;
};

export type SignedIn = {
  id: string;
  name: string;
  email: string;
  role: Role;
  sessionId: string;
  twoFactor: boolean;
  /** Whether the workspace wants a second factor of them and they have none: until then they may only look. */
  twoFactorMissing: boolean;
  /** When they last gave their password or second factor, or came from the identity provider. */
  verifiedAt: Date | undefined;
  /** What they chose for the console; nothing when they did not. */
  language: string | null;
  colorScheme: string | null;
};

/** How the HTTP side finds out who calls; accounts implement it. */
export type Identification = {
  /** Whose headers these are; nothing when they are nobody's. */
  identify(headers: IncomingHttpHeaders): Promise<Caller | undefined>;
  /** Whether a browser that sends this `Origin` shows a page of ours. */
  isOurs(origin: string | undefined): boolean;
  /** Whether whoever signed in has shown lately that it is them. */
  isFresh(caller: Caller): boolean;
  /** Whether this is the token of the link that makes the first account. */
  opensSetup(token: string): Promise<boolean>;
};
