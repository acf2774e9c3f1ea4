import { findWorkspace, updateWorkspace, type Workspace } from '../../platform/workspaces/queries.ts';
import type { WorkspacesContext } from './context.ts';

/**
 * Changes what holds for a whole workspace. Called when an admin saves its settings.
 *
 * In another time zone a moment may be another day, so every record is written again where date fields hold days.
 */
export async function changeWorkspace(
  { database, wake, listeners }: WorkspacesContext,
  workspaceId: string,
  changes: Partial<Workspace>,
): Promise<void> {
  const written = await database.transaction(async (tx) => {
    const before = await findWorkspace(tx, workspaceId);
    await updateWorkspace(tx, workspaceId, changes);
    if (changes.timeZone === undefined || changes.timeZone === before?.timeZone) return [];
    return listeners.timeZoneChanged(tx, workspaceId);
  });
  for (const id of written) await wake('write', id);
}
