import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, minute, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import type { Finding } from '../../connector.ts';
import { leftOutFindings } from '../../model/account-fields.ts';
import { refusedFinding } from '../../model/messages/finding.ts';
import type { Database } from '../../platform/database/database.ts';
import { check } from '../connections/check.ts';
import { findConnection, updateConnection } from '../connections/queries/connections.ts';

const noRoom: Finding = { ...refusedFinding({ kind: 'fields' }, vendorSays('refused')), fields: ['nps_trend'] };

describeOnEachDatabase('fields that are not in the account', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  /** The account is checked and repaired now. */
  async function provision(world: World): Promise<void> {
    await updateConnection(database.db, world.connectionId(), { provisionDueAt: world.clock() });
    await world.work('provision', world.connectionId());
  }

  it.each<[string, Finding]>([
    ['that its plan has no room for', noRoom],
    [
      'that a check found missing',
      {
        about: { kind: 'field', field: 'nps_trend' },
        ...{ state: 'missing', code: 'field.missing', params: { name: 'nps_trend' } },
      },
    ],
    ['that its field profile leaves out', leftOutFindings([{ key: 'nps_trend' }])[0] ?? expect.unreachable()],
  ])('are left out of a write, and written once they are there: one %s', async (_which, finding) => {
    const world = await createWorld(database);
    world.vendor.findings = [finding];
    await provision(world);
    const { sentEmail, recordId } = await world.asked();
    await world.answer(sentEmail, 9);
    await world.flush();
    expect(world.vendor.records.get(recordId)).toMatchObject({ nps_latest_rating: 9 });
    expect(world.vendor.records.get(recordId)).not.toHaveProperty('nps_trend');

    world.vendor.findings = [];
    await provision(world);
    await world.runDue();
    expect(world.vendor.records.get(recordId)).toMatchObject({ nps_trend: 'first' });
  });

  it('are written once a check finds them, which an admin may have made by hand', async () => {
    const world = await createWorld(database);
    world.vendor.findings = [noRoom];
    await provision(world);
    const { sentEmail, recordId } = await world.asked();
    await world.answer(sentEmail, 9);
    await world.flush();
    const live = world.context.connections.find(world.connectionId()) ?? expect.unreachable();
    await check(world.context, live);
    await world.runDue();
    expect(world.vendor.records.get(recordId)).toMatchObject({ nps_trend: 'first' });
  });

  it('and were met by a write only have the account checked, at most once a minute', async () => {
    const world = await createWorld(database);
    await provision(world);
    const { sentEmail, recordId } = await world.asked();
    const ensured = () => world.vendor.calls.filter(({ call }) => call === 'ensure').length;
    const before = ensured();
    for (const rating of [9, 8, 7]) {
      world.vendor.writing.push((writes, apply) => ({ outcomes: apply(writes), missingFields: ['nps_trend'] }));
      await world.answer(sentEmail, rating);
      await world.runDue();
      expect(world.vendor.records.get(recordId)).toMatchObject({ nps_latest_rating: rating });
    }
    expect(ensured()).toBe(before + 1);
    await world.pass(minute);
    expect(ensured()).toBe(before + 2);
    expect(await findConnection(database.db, world.connectionId())).toMatchObject({ status: 'ready' });
  });
});
