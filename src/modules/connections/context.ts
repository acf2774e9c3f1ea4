import type { Connection, Connector } from '../../connector.ts';
import type { FieldNames, FieldProfile } from '../../model/account-fields.ts';
import type { PlatformContext } from '../../platform/context.ts';
import type { Senders, TypedHosts } from '../../platform/network/network.ts';
import type { ControlledRateLimiter } from '../../platform/rate-limiter.ts';
import type { Lease, Predecessor } from '../../platform/workers/leases.ts';

/** What connections work with, and every module that reads from a vendor or writes to one. */
export type ConnectionsContext = PlatformContext & {
  connections: LiveConnections;
  /** The settings that connections are opened with. */
  sources: readonly ConnectionSource[];
  /** What can be connected in the console. */
  offers: readonly Offer[];
  /** How connections send requests, by who said where to. */
  send: Senders;
  /** Which hosts may be typed and saved. */
  typedHosts: TypedHosts;
  /** Milliseconds between two polls of a connection. */
  reconcileEvery: number;
  /** Our public address of webhooks, without the connection; absent when vendors cannot reach us. */
  webhookUrl(connector: string): string | undefined;
  listeners: ConnectionListeners;
};

/** What later modules do when a connection changes. */
export type ConnectionListeners = {
  /**
   * Called when this process takes a connection, an email server or a workspace over: what the process before it had
   * claimed is free again.
   */
  leaseTaken(key: string, from: Predecessor): Promise<void>;
};

/**
 * Settings of a connector and where their connections come from: the environment, the sandbox's simulated vendors, or
 * an admin's consent to the application that the settings hold.
 */
export type ConnectionSource = {
  connector: Connector;
  settings: unknown;
  origin: 'environment' | 'sandbox' | 'authorization';
};

/** A connector whose accounts can be connected by keys that somebody gives in the console. */
export type Offer = {
  connector: Connector;
  /** In the sandbox: the keys that its stand-in takes. No real account can be connected there. */
  simulated?: Readonly<Record<string, string>>;
  /** Whether an admin may say where the vendor answers: only in networks that the operator opened. */
  takesAddress?: boolean;
};

/** A connection that is open in this process. What can change while it runs stands in its row. */
export type LiveConnection = {
  id: string;
  workspaceId: string;
  /** The vendor's account, once it is known. */
  account: string | undefined;
  connector: Connector;
  /** As they were when it was opened. */
  fieldNames: FieldNames;
  fieldProfile: FieldProfile | null;
  keysChangedAt: Date | null;
  capabilities: Connection;
  rateLimiter: ControlledRateLimiter;
  /**
   * How much of the vendor's rate limit is used from now on. Called again when this process's part of it may have
   * changed.
   *
   * @param percent of the limit, for all processes together
   */
  setQuotaShare(percent: number): void;
  lease: Lease;
  memory: ConnectionMemory;
};

/** What this process remembers of a connection while it is open; it is gone when the connection closes. */
export type ConnectionMemory = {
  /** What is remembered under this name, which is begun by `create`. */
  of<Remembered extends object>(name: string, create: () => Remembered): Remembered;
};

export function createConnectionMemory(): ConnectionMemory {
  const remembered = new Map<string, object>();
  return {
    of<Remembered extends object>(name: string, create: () => Remembered): Remembered {
      const found = (remembered.get(name) as Remembered | undefined) ?? create();
      remembered.set(name, found);
      return found;
    },
  };
}

export type LiveConnections = {
  find(id: string): LiveConnection | undefined;
  all(): readonly LiveConnection[];
  add(live: LiveConnection): void;
  remove(id: string): void;
  /** Ids of those that stay closed because their settings are gone, and of which the log has said so. */
  saidClosed: Set<string>;
};

export function createLiveConnections(): LiveConnections {
  const open = new Map<string, LiveConnection>();
  return {
    find: (id) => open.get(id),
    all: () => [...open.values()],
    add: (live) => void open.set(live.id, live),
    remove: (id) => void open.delete(id),
    saidClosed: new Set(),
  };
}
