import { jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { moment } from './moment.ts';
import { workspaceId } from './workspace.ts';

/** A brand under which a workspace writes: its sender, its look, and which tickets are its own. */
export const brand = pgTable(
  'brand',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    key: text('key').notNull(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    /** Its own mail server, encrypted under `SECRET_KEY`; nothing when it sends by the usual one. */
    sealedSmtpUrl: text('sealed_smtp_url'),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [uniqueIndex('brand_key').on(table.workspaceId, table.key)],
);
