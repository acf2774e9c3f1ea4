import type { Queryable } from '../../platform/database/database.ts';
import { type BrandRow, brandClues, chooseBrand, listBrands } from '../surveys/index.ts';
import type { InvitationRow } from './queries/invitations.ts';

type Invited = Pick<InvitationRow, 'id' | 'workspaceId'>;

/** The brand under which an invitation is written; nothing when it is under none. */
export async function findInvitationBrand(db: Queryable, invitation: Invited): Promise<BrandRow | undefined> {
  return (await findInvitationBrands(db, invitation.workspaceId, [invitation])).get(invitation.id);
}

/** The brands of several invitations of a workspace, by invitation. */
export async function findInvitationBrands(
  db: Queryable,
  workspaceId: string,
  invitations: readonly Pick<InvitationRow, 'id'>[],
): Promise<ReadonlyMap<string, BrandRow>> {
  const brands = await listBrands(db, workspaceId);
  if (brands.length === 0 || invitations.length === 0) return new Map();
  const ids = invitations.map(({ id }) => id);
  const clues = await brandClues(db, ids);
  return new Map(
    clues.flatMap(({ invitationId, named, ticket }) => {
      const brand = chooseBrand(brands, { named: named ?? undefined, ticket: ticket ?? undefined });
      return brand ? [[invitationId, brand] as const] : [];
    }),
  );
}
