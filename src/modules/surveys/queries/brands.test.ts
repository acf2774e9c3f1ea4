import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { aConnection, after, anInvitation, aWorkspace, now } from '../../../../test/stored.ts';
import type { Database } from '../../../platform/database/database.ts';
import { createEncryption } from '../../../platform/encryption.ts';
import { resolution } from '../../tickets/tables.ts';
import { brandContent } from '../brand.ts';
import { brand as brandTable, surveyVersion } from '../tables.ts';
import { brandClues, brandPlace, findBrand, listBrands, removeBrand, saveBrand } from './brands.ts';

const encryption = createEncryption(['only-for-tests-0123456789abcdef0123456789']);
const smtpUrl = 'smtps://umbrella:very-secret@mail.umbrella.test';

describeOnEachDatabase('brands', (open) => {
  let database: Database;
  let workspaceId: string;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    workspaceId = await aWorkspace(database);
  });

  function save(said: object, at = now, server?: { smtpUrl: string | null }) {
    const content = brandContent.parse({ key: 'umbrella', name: 'Umbrella', ...said });
    return saveBrand(database.db, { workspaceId, content, ...server }, { encryption, now: at });
  }

  it('are kept by key, each in its own workspace', async () => {
    await save({ key: 'umbrella' });
    await save({ key: 'acme', name: 'Acme', branding: { color: '#0000aa' } });
    const other = await aWorkspace(database);

    expect((await listBrands(database.db, workspaceId)).map(({ key }) => key)).toEqual(['acme', 'umbrella']);
    expect(await findBrand(database.db, workspaceId, 'acme')).toMatchObject({
      content: { key: 'acme', name: 'Acme', tickets: [], branding: { color: '#0000aa' } },
    });
    expect(await listBrands(database.db, other)).toEqual([]);
    expect(await findBrand(database.db, other, 'acme')).toBeUndefined();
  });

  it('stay the same one when they change, and never keep their last revision', async () => {
    const first = await save({ name: 'Umbrella' });
    const second = await save({ name: 'Umbrella Ltd' });
    const third = await save({ name: 'Umbrella plc' }, after(1000));

    expect(new Set([first.id, second.id, third.id]).size).toBe(1);
    expect(second.updatedAt.getTime()).toBeGreaterThan(first.updatedAt.getTime());
    expect(third.updatedAt).toEqual(after(1000));
    expect(await findBrand(database.db, workspaceId, 'umbrella')).toMatchObject({ content: { name: 'Umbrella plc' } });
  });

  describe('with an email server of their own', () => {
    it('keep its address sealed', async () => {
      const saved = await save({}, now, { smtpUrl });

      const [stored] = await database.db.select().from(brandTable).where(eq(brandTable.id, saved.id));
      expect(JSON.stringify(stored)).not.toMatch(/very-secret|mail\.umbrella/u);
      expect(encryption.decrypt(saved.encryptedSmtpUrl ?? '', brandPlace(saved))).toBe(smtpUrl);
    });

    it('keep it when only something else changes, until it is taken away', async () => {
      await save({}, now, { smtpUrl });
      const renamed = await save({ name: 'Umbrella Ltd' });
      const without = await save({ name: 'Umbrella Ltd' }, now, { smtpUrl: null });

      expect(encryption.decrypt(renamed.encryptedSmtpUrl ?? '', brandPlace(renamed))).toBe(smtpUrl);
      expect(without.encryptedSmtpUrl).toBeNull();
    });
  });

  it('are removed once', async () => {
    await save({});
    expect(await removeBrand(database.db, await aWorkspace(database), 'umbrella')).toBe(false);
    expect(await removeBrand(database.db, workspaceId, 'umbrella')).toBe(true);
    expect(await removeBrand(database.db, workspaceId, 'umbrella')).toBe(false);
    expect(await listBrands(database.db, workspaceId)).toEqual([]);
  });

  it('are told by what the survey names and whose the ticket was', async () => {
    const { invitation } = await anInvitation(database, await aConnection(database));
    const clues = () => brandClues(database.db, [invitation.id]);
    expect(await clues()).toEqual([{ invitationId: invitation.id, named: null, ticket: null }]);

    await database.db
      .update(resolution)
      .set({ brand: 'Umbrella' })
      .where(eq(resolution.id, invitation.resolutionId ?? ''));
    await database.db
      .update(surveyVersion)
      .set({ content: { metric: 'nps', delivery: { brand: 'acme' } } })
      .where(eq(surveyVersion.surveyId, invitation.surveyId));
    expect(await clues()).toEqual([{ invitationId: invitation.id, named: 'acme', ticket: 'Umbrella' }]);
  });
});
