import type { Context } from '../../context.ts';
import { findWorkspace, updateWorkspace, type Workspace } from '../../platform/workspaces/queries.ts';
import { listConnections } from '../connections/queries/connections.ts';
import { beginRewrite } from '../write-back/queries/rewrites.ts';

/**
 * Changes what holds for a whole workspace. Called when an admin saves its settings.
 *
 * In another time zone a moment may be another day, so every record is written again where date fields hold days.
 */
export async function changeWorkspace(
  { database, clock, wake }: Context,
  workspaceId: string,
  changes: Partial<Workspace>,
): Promise<void> {
  const written = await database.transaction(async (tx) => {
    const before = await findWorkspace(tx, workspaceId);
    await updateWorkspace(tx, workspaceId, changes);
    if (changes.timeZone === undefined || changes.timeZone === before?.timeZone) return [];
    const open = (await listConnections(tx)).filter(
      (row) => row.workspaceId === workspaceId && row.writeBackEnabled && row.status !== 'disconnected',
    );
    for (const { id } of open) await beginRewrite(tx, id, clock());
    return open.map(({ id }) => id);
  });
  for (const id of written) await wake('write', id);
}
