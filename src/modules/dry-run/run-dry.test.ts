import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { Database } from '../../platform/database/database.ts';
import { invitation } from '../invitations/tables.ts';
import { beginDryRun, cancelDryRun } from './begin.ts';
import { findDryRun, listDryRuns } from './queries.ts';

describeOnEachDatabase('a dry run', (open) => {
  let database: Database;
  let world: World;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database, { surveys: [{ status: 'draft', quietPeriod: 'P30D' }] });
  });

  const begin = () => beginDryRun(world.context, { workspaceId: world.workspaceId, surveyKey: 'after-ticket' });
  const read = async (id: string) => (await findDryRun(database.db, id))?.run;

  /** A ticket that was resolved so many days ago, in a system that was connected only now. */
  function resolved(daysAgo: number, requester = world.vendor.addContact({ name: 'Ann' }), shown: object = {}) {
    const at = new Date(world.clock().getTime() - daysAgo * day);
    const past = { state: 'resolved' as const, resolvedAt: at, updatedAt: at, publicReplies: 1 };
    return world.vendor.addTicket({ requester, ...past, ...shown });
  }

  test('tells whom the survey would have asked in the last 30 days, and why others not', async () => {
    const ann = world.vendor.addContact({ name: 'Ann' });
    resolved(20, ann);
    resolved(10, ann);
    resolved(5);
    resolved(3, world.vendor.addContact({ name: 'Eve', staff: true }));
    resolved(40);
    world.vendor.addTicket({ requester: ann, state: 'open', updatedAt: world.clock() });
    const { id } = await begin();
    await world.runDue();

    const run = await read(id);
    expect(run).toMatchObject({
      status: 'finished',
      findings: { resolutions: 4, asked: 2, skipped: 2, busiestDay: 1, deferredByCap: 0, read: 5, found: 5 },
    });
    expect(run?.findings.reasons).toMatchObject([
      { reason: { code: 'own_team', params: { kind: 'staff' } }, count: 1 },
      { reason: { code: 'quiet_period', params: { kind: 'asked', period: 'P30D' } }, count: 1 },
    ]);
  });

  test('sends nothing, asks no one, and saves no contact', async () => {
    const ann = world.vendor.addContact({ name: 'Ann' });
    resolved(1, ann);
    const before = (await world.contacts()).length;
    const { id } = await begin();
    await world.runDue();
    await world.pass(2 * day);

    expect(await read(id)).toMatchObject({ status: 'finished', place: {}, findings: { asked: 1 } });
    expect(world.fakeEmailServer.sentEmails).toEqual([]);
    expect(await world.contacts()).toHaveLength(before);
    const invitations = await database.db.select().from(invitation);
    expect(invitations.filter(({ workspaceId }) => workspaceId === world.workspaceId)).toEqual([]);
    const saved = JSON.stringify(await read(id));
    expect(saved).not.toContain(ann.email);
    expect(saved).not.toContain('Ann');
  });

  test('waits for a vendor that is busy, and goes on where it stopped', async () => {
    for (const daysAgo of [1, 2, 3]) resolved(daysAgo);
    let failures = 1;
    world.vendor.before = (call) => {
      if (call !== 'find ticket' || failures === 0) return;
      failures -= 1;
      throw new UpstreamBusy(vendorSays('throttled'), { retryAfter: hour });
    };
    const { id } = await begin();
    await world.runDue();
    expect(await read(id)).toMatchObject({ status: 'running' });
    await world.pass(2 * hour);
    expect(await read(id)).toMatchObject({ status: 'finished', findings: { asked: 3 } });
  });

  test('ends with the reason where the vendor refuses', async () => {
    resolved(1);
    world.vendor.before = (call) => {
      if (call !== 'changes') return;
      throw new UpstreamRefused(vendorSays('credentials_refused'), { concerns: 'connection' });
    };
    const { id } = await begin();
    await world.runDue();
    expect(await read(id)).toMatchObject({
      status: 'failed',
      why: vendorSays('credentials_refused'),
      place: {},
    });
  });

  test('goes on after a crash, and can be cancelled', async () => {
    resolved(1);
    const first = await begin();
    await world.crash();
    await world.runDue();
    expect(await read(first.id)).toMatchObject({ status: 'finished', findings: { asked: 1 } });

    const second = await begin();
    await cancelDryRun(world.context, { workspaceId: world.workspaceId, id: second.id });
    await world.runDue();
    expect(await read(second.id)).toMatchObject({ status: 'cancelled', place: {} });
    const runs = await listDryRuns(database.db, second.surveyId, 10);
    expect(runs).toHaveLength(2);
  });

  describe('is refused', () => {
    test('for a survey that is not there', async () => {
      await expect(
        beginDryRun(world.context, { workspaceId: world.workspaceId, surveyKey: 'nowhere' }),
      ).rejects.toMatchObject({ code: 'not_found' });
    });

    test('where the survey hears no connection', async () => {
      await world.survey({ status: 'draft', audience: { connections: ['elsewhere'] } });
      await expect(begin()).rejects.toMatchObject({ problems: [{ field: 'audience.connections' }] });
    });

    test('to whoever is of another workspace', async () => {
      const { id } = await begin();
      await expect(cancelDryRun(world.context, { workspaceId: 'other', id })).rejects.toMatchObject({
        code: 'not_found',
      });
    });
  });
});
