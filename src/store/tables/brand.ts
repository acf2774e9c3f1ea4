import { jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { timestamptz } from './timestamptz.ts';
import { workspaceId } from './workspace.ts';

/** A brand under which a workspace writes: its sender, its look, and which tickets are its own. */
export const brand = pgTable(
  'brand',
  {
    id: uuid('id').primaryKey(),
    workspaceId: workspaceId(),
    key: text('key').notNull(),
    content: jsonb('content').$type<Record<string, unknown>>().notNull(),
    /** Its own email server, encrypted under `SECRET_KEY`; nothing when it sends by the usual one. */
    encryptedSmtpUrl: text('encrypted_smtp_url'),
    updatedAt: timestamptz('updated_at').notNull(),
  },
  (table) => [uniqueIndex('brand_key').on(table.workspaceId, table.key)],
);
