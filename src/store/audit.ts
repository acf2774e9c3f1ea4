import type { Queryable } from './database.ts';
import { audit } from './tables/index.ts';

/**
 * Notes who changed what. Neither subject nor detail may hold personal data: what is noted stays when a person is
 * erased.
 */
export async function noteChange(
  tx: Queryable,
  change: {
    workspaceId: string;
    actor: string;
    action: string;
    subject: string;
    detail?: Record<string, unknown>;
    at: Date;
  },
): Promise<void> {
  await tx.insert(audit).values(change);
}
