import type { PlatformContext } from '../../platform/context.ts';
import type { Queryable } from '../../platform/database/database.ts';

/** What the workspace's settings work with. */
export type WorkspacesContext = PlatformContext & { listeners: WorkspaceListeners };

/** What later modules do when a workspace changes. */
export type WorkspaceListeners = {
  /**
   * Called in the transaction that changes the time zone: date fields now hold other days.
   *
   * @returns the connections to wake after the commit
   */
  timeZoneChanged(tx: Queryable, workspaceId: string): Promise<readonly string[]>;
};
