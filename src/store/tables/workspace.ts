import { pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';

export const workspace = pgTable('workspace', {
  id: text('id').primaryKey(),
  askingPausedAt: moment('asking_paused_at'),
  writingPausedAt: moment('writing_paused_at'),
  createdAt: moment('created_at').notNull(),
});

/** Every row of customer data belongs to a workspace. */
export const workspaceId = () =>
  text('workspace_id')
    .notNull()
    .references(() => workspace.id);
