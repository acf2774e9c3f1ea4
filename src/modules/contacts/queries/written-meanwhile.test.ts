import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeConcurrent } from '../../../../test/databases.ts';
import { aConnection, aContact, after, lastAsked, minute, now } from '../../../../test/stored.ts';
import { type Database, rows } from '../../../platform/database/database.ts';
import { findRecordLink, markWritten } from '../../records/queries/record-links.ts';
import { claimOutOfSync } from '../../write-back/queries/record-link-claims.ts';
import { updateContact } from './contacts.ts';
import { refreshCrmFields } from './crm-fields.ts';

describeConcurrent('a write that reports while the score is moving on', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** Until some statement of this database waits for what another transaction holds. */
  async function contactWaits(): Promise<void> {
    for (;;) {
      const waiting = await rows(
        database.db,
        sql`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (waiting.length > 0) return;
    }
  }

  test('waits for the new score, and leaves the record behind it', async () => {
    const connection = await aConnection(database);
    const { workspaceId } = connection;
    const contactId = await aContact(database, connection, { id: '1' });
    await lastAsked(database, workspaceId, contactId, now);
    const claimed = await claimOutOfSync(database.db, connection.id, { now, until: after(10 * minute), limit: 1 });
    const saved = Promise.withResolvers<void>();
    const reported = Promise.withResolvers<void>();
    const moving = database.transaction(async (tx) => {
      await updateContact(tx, contactId, { lastAskedAt: after(minute) });
      await refreshCrmFields(tx, { workspaceId, contactId }, after(minute));
      saved.resolve();
      await reported.promise;
    });
    await saved.promise;

    const marking = markWritten(database.db, claimed, after(2 * minute));
    await contactWaits();
    reported.resolve();
    await Promise.all([moving, marking]);

    expect(await findRecordLink(database.db, connection.id, '1')).toMatchObject({
      writtenRevision: 1,
      writingRevision: null,
      dueAt: after(minute),
    });
  });
});
