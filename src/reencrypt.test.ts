import { eq, sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../test/databases.ts';
import { aConnection, aWorkspace, now } from '../test/stored.ts';
import { openCredentials } from './modules/connections/queries/credentials.ts';
import { credential } from './modules/connections/tables.ts';
import { brandContent as definition } from './modules/surveys/brand.ts';
import { brandPlace, findBrand, saveBrand } from './modules/surveys/queries/brands.ts';
import { brand } from './modules/surveys/tables.ts';
import type { Database } from './platform/database/database.ts';
import { createEncryption } from './platform/encryption.ts';
import { answerPlace, beginRequest, endRequest } from './platform/idempotency/queries.ts';
import { countOutdated, reencryptBatch } from './reencrypt.ts';

const older = 'an older secret key of these tests';
const newer = 'a newer secret key of these tests';
const smtpUrl = 'smtps://umbrella:very-secret@mail.umbrella.test';

describeOnEachDatabase('encrypted values', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const credentials = (connectionId: string, ...keys: [string, ...string[]]) =>
    openCredentials(database, createEncryption(keys), connectionId, () => now);

  test('are encrypted anew under the first key, after which the older one opens nothing more', async () => {
    const { id, workspaceId } = await aConnection(database);
    const old = createEncryption([older]);
    await credentials(id, older).write('token', 'pass-phrase');
    await credentials(id, older).write('keys', 'others');
    const content = definition.parse({ key: 'umbrella', name: 'Umbrella' });
    await saveBrand(database.db, { workspaceId, content, smtpUrl }, { encryption: old, now });
    const request = { workspaceId, key: 'one' };
    await beginRequest(database.db, request, 'print', now);
    await endRequest(database.db, request, { status: 200, body: old.encrypt('{}', answerPlace(request)) });

    const both = createEncryption([newer, older]);
    expect(await countOutdated(database.db, both)).toBe(4);
    expect(await reencryptBatch(database, both)).toBe(3);
    // What was answered is forgotten after a day.
    expect(await countOutdated(database.db, both)).toBe(1);
    expect(await reencryptBatch(database, both)).toBe(0);

    expect(await credentials(id, newer).read('token')).toBe('pass-phrase');
    expect(await credentials(id, newer).read('keys')).toBe('others');
    const saved = await findBrand(database.db, workspaceId, 'umbrella');
    expect(createEncryption([newer]).decrypt(saved?.encryptedSmtpUrl ?? '', saved ? brandPlace(saved) : '')).toBe(
      smtpUrl,
    );
    expect(await credentials(id, older).read('token')).toBeUndefined();
  });

  test('of the form before are encrypted in the new one', async () => {
    const { id } = await aConnection(database);
    const first = 'nxsZnAUYSrS4sZ5sUqddyW5jAC40J3caIw8B+9QVPnzQa0skFNNlrszY3jE0rNTdNqH49KPM';
    await database.db.insert(credential).values({ connectionId: id, name: 'token', encrypted: first, updatedAt: now });
    const key = createEncryption(['first-key']);

    expect(await reencryptBatch(database, key)).toBe(1);
    const [row] = await database.db.select().from(credential).where(eq(credential.connectionId, id));
    expect(row?.encrypted.startsWith(key.current)).toBe(true);
    expect(await credentials(id, 'first-key').read('token')).toBe('kept by an earlier version');
  });

  test('that no key opens stay as they are, and keep no others from being encrypted anew', async () => {
    const lost = await aConnection(database);
    for (let index = 0; index < 150; index += 1) await credentials(lost.id, 'a lost key').write(`n${index}`, 'x');
    const { id } = await aConnection(database);
    await credentials(id, older).write('token', 'pass-phrase');
    expect(await reencryptBatch(database, createEncryption([newer, older]), 10_000)).toBe(1);
    expect(await credentials(id, newer).read('token')).toBe('pass-phrase');
    expect(await credentials(lost.id, 'a lost key').read('n149')).toBe('x');
  });

  test('open in the row alone that they were written to', async () => {
    const [mine, others] = [await aConnection(database), await aConnection(database)];
    await credentials(mine.id, newer).write('token', 'pass-phrase');
    await credentials(others.id, newer).write('token', 'of others');
    await database.db.execute(
      sql`update ${credential} set encrypted = (select encrypted from ${credential} where connection_id = ${mine.id} and name = 'token')
          where connection_id = ${others.id}`,
    );
    await database.db.execute(
      sql`insert into ${credential} (connection_id, name, encrypted, updated_at)
          select connection_id, 'keys', encrypted, updated_at from ${credential} where connection_id = ${mine.id}`,
    );
    expect(await credentials(others.id, newer).read('token')).toBeUndefined();
    expect(await credentials(mine.id, newer).read('keys')).toBeUndefined();
    expect(await credentials(mine.id, newer).read('token')).toBe('pass-phrase');

    const [here, there] = [await aWorkspace(database), await aWorkspace(database)];
    const content = definition.parse({ key: 'umbrella', name: 'Umbrella' });
    const how = { encryption: createEncryption([newer]), now };
    const saved = await saveBrand(database.db, { workspaceId: here, content, smtpUrl }, how);
    await saveBrand(database.db, { workspaceId: there, content }, how);
    await database.db
      .update(brand)
      .set({ encryptedSmtpUrl: saved.encryptedSmtpUrl })
      .where(eq(brand.workspaceId, there));
    const moved = await findBrand(database.db, there, 'umbrella');
    expect(how.encryption.decrypt(moved?.encryptedSmtpUrl ?? '', moved ? brandPlace(moved) : '')).toBeUndefined();
  });
});
