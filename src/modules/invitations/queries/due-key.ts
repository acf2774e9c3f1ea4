import { and, eq, isNull, type SQL } from 'drizzle-orm';
import { invitation } from '../tables.ts';

/** Invitations that are rechecked together: those of a connection, or those of a workspace's contacts without a record. */
export type DueKey = { workspaceId: string; connectionId: string | null };

/** The key of the job that rechecks them. */
export function recheckKey({ workspaceId, connectionId }: DueKey): string {
  return connectionId ?? workspaceId;
}

/** Whose invitations these are. */
export function ofKey({ workspaceId, connectionId }: DueKey): SQL | undefined {
  return connectionId === null
    ? and(isNull(invitation.connectionId), eq(invitation.workspaceId, workspaceId))
    : eq(invitation.connectionId, connectionId);
}
