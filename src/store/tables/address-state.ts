import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { invitation } from './invitation.ts';
import { timestamptz } from './timestamptz.ts';
import { workspaceId } from './workspace.ts';

/**
 * Why no email is sent to an address: it bounced, or its owner complained. It belongs to the address, not to a contact:
 * a contact who gets another address can be asked there.
 */
export const addressState = pgTable(
  'address_state',
  {
    workspaceId: workspaceId(),
    /** Normalized. */
    address: text('address').notNull(),
    kind: text('kind', { enum: ['bounce', 'complaint'] }).notNull(),
    /** A stable word for what was said of it, e.g. `mailbox_unknown`. */
    reason: text('reason').notNull(),
    at: timestamptz('at').notNull(),
    /** The invitation whose email showed it. */
    invitationId: text('invitation_id').references(() => invitation.id, { onDelete: 'set null' }),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.address, table.kind] }),
    index('address_state_invitation').on(table.invitationId),
  ],
);
