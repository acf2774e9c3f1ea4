import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { createWorld, day, hour, minute, second, type World } from '../../../test/flows/world.ts';
import { vendorSays } from '../../../test/vendor-says.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import { plainFinding, refusedFinding } from '../../model/messages/finding.ts';
import type { Database } from '../../platform/database/database.ts';
import { pauseWorkspace } from '../../platform/workspaces/queries.ts';
import { disconnect } from '../connections/disconnect.ts';
import { updateConnection } from '../connections/queries/connections.ts';

const refused = { result: 'refused', why: { code: 'refused', params: { said: 'no' } } } as const;

const serverFailed = () => new UpstreamBusy(vendorSays('server_failed'), { serverFailed: true, outcome: 'unknown' });
const refusedRequest = () => new UpstreamRefused(vendorSays('refused'), { concerns: 'request' });

describeOnEachDatabase('writing scores', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const rating = (world: World, recordId: string) => world.vendor.records.get(recordId)?.nps_latest_rating;
  const writes = (world: World) => world.vendor.calls.filter(({ call }) => call === 'write').map(({ ids }) => ids);

  /** So many contacts who were asked, and answer with 0, 1, 2 … without that it is written yet. */
  async function answered(world: World, count: number) {
    const opened = [];
    for (let index = 0; index < count; index += 1) opened.push(await world.resolvedTicket());
    await world.pass(hour);
    for (const [index, { email }] of opened.entries()) {
      const sentEmail = world.fakeEmailServer.to(email)[0];
      if (sentEmail) await world.answer(sentEmail, index % 11);
    }
    world.vendor.calls.length = 0;
    return opened.map(({ requester }) => requester.id);
  }

  it('brings an answer to the record, in one batch for many', async () => {
    const world = await createWorld(database);
    const records = await answered(world, 5);
    await world.flush();
    expect(writes(world)).toEqual([expect.arrayContaining(records)]);
    expect(records.map((id) => rating(world, id))).toEqual([0, 1, 2, 3, 4]);
    expect(await world.recordLinks()).toEqual(
      expect.arrayContaining(
        records.map((recordId) =>
          expect.objectContaining({ recordId, dueAt: null, outcome: { code: 'written', params: {} } }),
        ),
      ),
    );
    await world.flush();
    expect(writes(world)).toHaveLength(1);
  });

  it('never writes the field that people own', async () => {
    const world = await createWorld(database);
    const [record = ''] = await answered(world, 1);
    await world.flush();
    expect(world.vendor.records.get(record)).not.toHaveProperty('feedback_do_not_survey');
  });

  it('writes the newest state only, however often it changed', async () => {
    const world = await createWorld(database);
    const { sentEmail, recordId } = await world.asked();
    world.vendor.calls.length = 0;
    for (const number of [3, 9, 6]) await world.answer(sentEmail, number);
    await world.flush();
    expect(writes(world)).toEqual([[recordId]]);
    expect(rating(world, recordId)).toBe(6);
  });

  describe('stops', () => {
    it.each<[string, (world: World, paused: boolean) => Promise<void>]>([
      [
        'while writing is paused everywhere',
        (world, paused) => pauseWorkspace(database.db, world.workspaceId, 'writing', paused ? world.clock() : null),
      ],
      [
        'while it is paused for the connection',
        (world, paused) =>
          updateConnection(database.db, world.connectionId(), { writeBackPausedAt: paused ? world.clock() : null }),
      ],
      [
        'while the connection does not take scores',
        (world, paused) => updateConnection(database.db, world.connectionId(), { writeBackEnabled: !paused }),
      ],
    ])('%s', async (_title, pause) => {
      const world = await createWorld(database);
      const [record = ''] = await answered(world, 1);
      await pause(world, true);
      await world.pass(minute);
      expect(writes(world)).toEqual([]);
      await pause(world, false);
      await world.pass(minute);
      expect(rating(world, record)).toBe(0);
    });
  });

  describe('keeps what became of a record', () => {
    it('that is gone: an outcome, until it comes back', async () => {
      const world = await createWorld(database);
      const [record = ''] = await answered(world, 1);
      const contact = world.vendor.contacts.get(record);
      world.vendor.contacts.delete(record);
      await world.flush();
      expect(await world.recordLinks()).toMatchObject([
        { state: 'gone', dueAt: null, outcome: { code: 'gone', params: {} } },
      ]);
      if (contact) world.vendor.contacts.set(record, contact);
      await world.event(record, 'contact.restored');
      await world.runDue();
      expect(rating(world, record)).toBe(0);
    });

    it('that went up in another one: the other one has the score', async () => {
      const world = await createWorld(database);
      const [record = ''] = await answered(world, 1);
      const winner = world.vendor.addContact();
      world.vendor.merged.set(record, winner.id);
      await world.flush();
      expect(rating(world, winner.id)).toBe(0);
    });

    it('that the vendor is busy with: again when it says', async () => {
      const world = await createWorld(database);
      const [record = ''] = await answered(world, 1);
      world.vendor.writing.push(([write]) => ({
        outcomes: [{ id: write?.id ?? '', result: 'busy', retryAfter: 20 * second }],
      }));
      await world.pass(19 * second);
      expect(writes(world)).toHaveLength(1);
      await world.pass(second);
      expect(rating(world, record)).toBe(0);
    });

    it('that the vendor said nothing of: read before it is written again', async () => {
      const world = await createWorld(database);
      const records = await answered(world, 2);
      const [done = '', lost = ''] = records;
      world.vendor.writing.push((all, apply) => {
        apply(all.filter(({ id }) => id === done));
        return { outcomes: [] };
      });
      await world.pass(minute);
      expect(world.vendor.calls.filter(({ call }) => call === 'write' || call === 'read')).toEqual([
        { call: 'write', ids: expect.arrayContaining(records) },
        { call: 'read', ids: expect.arrayContaining(records) },
        { call: 'write', ids: [lost] },
      ]);
      expect(await world.recordLinks()).toEqual([
        expect.objectContaining({ uncertain: false, dueAt: null }),
        expect.objectContaining({ uncertain: false, dueAt: null }),
      ]);
    });

    it.each([1, 6])(
      'that the vendor refused %i times: fails alone, and is parked after its last try',
      async (times) => {
        const world = await createWorld(database);
        const [bad = '', good = ''] = await answered(world, 2);
        let refusals = 0;
        const refuseBad = () => {
          world.vendor.writing.push((all, apply) => {
            const isRefused = all.some(({ id }) => id === bad) && refusals < times;
            if (isRefused) refusals += 1;
            refuseBad();
            return {
              outcomes: isRefused
                ? [...apply(all.filter(({ id }) => id !== bad)), { id: bad, ...refused }]
                : apply(all),
            };
          });
        };
        refuseBad();
        await world.pass(5 * minute);
        expect(rating(world, good)).toBe(1);
        const failed = (await world.recordLinks())
          .filter(({ failedAt }) => failedAt !== null)
          .map(({ recordId }) => recordId);
        expect(failed).toEqual(times === 6 ? [bad] : []);
        expect(world.complaints().includes('record.failed')).toBe(times === 6);
        expect(rating(world, bad)).toBe(times === 6 ? undefined : 0);
      },
    );

    it('parked: gets another chance with the next answer', async () => {
      const world = await createWorld(database);
      const { sentEmail, recordId } = await world.asked();
      await world.answer(sentEmail, 2);
      world.vendor.writing.push(
        ...Array.from({ length: 6 }, () => () => ({
          outcomes: [{ id: recordId, ...refused }],
        })),
      );
      await world.pass(5 * minute);
      expect(await world.recordLinks()).toMatchObject([{ failedAt: expect.any(Date) }]);
      await world.answer(sentEmail, 8);
      await world.runDue();
      expect(rating(world, recordId)).toBe(8);
      expect(await world.recordLinks()).toMatchObject([{ failedAt: null }]);
    });
  });

  describe('takes writes that are done later', () => {
    it('one at a time for a record, and the newest score wins whatever the order', async () => {
      const world = await createWorld(database);
      const { sentEmail, recordId } = await world.asked();
      world.vendor.calls.length = 0;
      await world.answer(sentEmail, 1);
      world.vendor.writing.push(world.vendor.later);
      await world.flush();
      await world.answer(sentEmail, 9);
      await world.flush();
      expect(writes(world)).toHaveLength(1);
      for (const receipt of world.vendor.jobs.keys()) world.vendor.doJob(receipt);
      await world.pass(5 * second);
      expect(writes(world)).toHaveLength(2);
      expect(rating(world, recordId)).toBe(9);
    });

    it('and leaves nothing where a connection is being ended just then', async () => {
      const world = await createWorld(database);
      const [one = '', other = ''] = await answered(world, 2);
      await world.flush();
      expect([rating(world, one), rating(world, other)]).toEqual([0, 1]);
      const [, { sentEmail }] = [await world.asked(), await world.asked()];
      world.vendor.writing.push(world.vendor.later);
      await world.flush();
      await world.answer(sentEmail, 9);
      world.jump(5 * second);
      world.vendor.before = async (call) => {
        if (call !== 'finish') return;
        world.vendor.before = () => {};
        await disconnect(world.context, world.connectionId(), 'clear');
      };
      await world.flush();
      for (const receipt of world.vendor.jobs.keys()) world.vendor.doJob(receipt);
      await world.pass(5 * minute);
      for (const record of world.vendor.records.values()) expect(record.nps_latest_rating ?? null).toBeNull();
    });

    it('asks about them again after a crash, instead of writing again', async () => {
      const world = await createWorld(database);
      const [record = ''] = await answered(world, 1);
      world.vendor.writing.push(world.vendor.later);
      await world.flush();
      await world.crash();
      await world.flush();
      expect(writes(world)).toHaveLength(1);
      for (const receipt of world.vendor.jobs.keys()) world.vendor.doJob(receipt);
      await world.pass(5 * second);
      expect(writes(world)).toHaveLength(1);
      expect(rating(world, record)).toBe(0);
    });

    it('reads the record when the job is lost', async () => {
      const world = await createWorld(database);
      const [record = ''] = await answered(world, 1);
      world.vendor.writing.push(world.vendor.later);
      await world.flush();
      world.vendor.jobs.clear();
      await world.pass(minute);
      expect(world.vendor.calls.map(({ call }) => call).filter((call) => call === 'read' || call === 'write')).toEqual([
        'write',
        'read',
        'write',
      ]);
      expect(rating(world, record)).toBe(0);
    });

    it('parks a record that every job refuses', async () => {
      const world = await createWorld(database);
      const [record = ''] = await answered(world, 1);
      const refuseLater = () => {
        world.vendor.writing.push((all, apply) => {
          refuseLater();
          const report = world.vendor.later(all, apply);
          for (const job of world.vendor.jobs.values()) job.outcomes = [{ id: record, ...refused }];
          return report;
        });
      };
      refuseLater();
      await world.pass(10 * minute);
      expect(await world.recordLinks()).toMatchObject([{ failedAt: expect.any(Date), dueAt: null }]);
      expect(writes(world)).toHaveLength(6);
    });
  });

  describe('isolates a record that a whole batch fails on', () => {
    /** Fails each write that holds this record. */
    const poison = (world: World, bad: string, failure: () => Error) => {
      world.vendor.before = (call, ids) => {
        if (call === 'write' && ids.includes(bad)) throw failure();
      };
    };

    it.each([
      ['by a refusal', refusedRequest],
      ['by a failure of the server', serverFailed],
    ])('%s: it is parked, the others are written', async (_title, failure) => {
      const world = await createWorld(database);
      const records = await answered(world, 9);
      const [bad = ''] = records;
      poison(world, bad, failure);
      await world.pass(10 * minute);
      const failed = (await world.recordLinks())
        .filter(({ failedAt }) => failedAt !== null)
        .map(({ recordId }) => recordId);
      expect(failed).toEqual([bad]);
      expect(records.slice(1).map((id) => rating(world, id))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    });

    it('also when it is alone: one that stands is written beside it as a witness', async () => {
      const world = await createWorld(database);
      const records = await answered(world, 2);
      const [bad = '', witness = ''] = records;
      await world.flush();
      poison(world, bad, serverFailed);
      const sentEmail = world.fakeEmailServer.sentEmails.find(
        ({ sentEmail: { to } }) => to.address === world.vendor.contacts.get(bad)?.email,
      );
      if (sentEmail) await world.answer(sentEmail.sentEmail, 10);
      await world.pass(10 * minute);
      const failed = (await world.recordLinks())
        .filter(({ failedAt }) => failedAt !== null)
        .map(({ recordId }) => recordId);
      expect(failed).toEqual([bad]);
      expect(rating(world, witness)).toBe(1);
    });

    it('while reading what stands there', async () => {
      const world = await createWorld(database);
      const [bad = '', good = ''] = await answered(world, 2);
      world.vendor.writing.push(() => ({ outcomes: [] }));
      world.vendor.before = (call, ids) => {
        if (call === 'read' && ids.includes(bad)) throw refusedRequest();
      };
      await world.pass(10 * minute);
      expect(rating(world, good)).toBe(1);
      const failed = (await world.recordLinks())
        .filter(({ failedAt }) => failedAt !== null)
        .map(({ recordId }) => recordId);
      expect(failed).toEqual([bad]);
    });

    it('and parks nobody in an outage, however long', async () => {
      const world = await createWorld(database);
      const records = await answered(world, 2);
      world.vendor.before = (call) => {
        if (call === 'write') throw serverFailed();
      };
      await world.pass(90 * second);
      expect((await world.recordLinks()).every(({ failedAt }) => failedAt === null)).toBe(true);
      world.vendor.before = () => {};
      await world.pass(2 * minute);
      expect(records.map((id) => rating(world, id))).toEqual([0, 1]);
    });
  });

  describe('when a field is missing', () => {
    it('leaves a blocked one out, and writes the others', async () => {
      const world = await createWorld(database);
      world.vendor.findings.push(refusedFinding({ kind: 'field', field: 'nps_trend' }, vendorSays('refused')));
      await updateConnection(database.db, world.connectionId(), { provisionDueAt: world.clock() });
      await world.runDue();
      const [record = ''] = await answered(world, 1);
      await world.flush();
      expect(world.vendor.records.get(record)).not.toHaveProperty('nps_trend');
      expect(rating(world, record)).toBe(0);
      await world.pass(2 * day);
      expect(writes(world)).toHaveLength(1);
    });

    it('writes nothing before the account was looked at, and all of it then', async () => {
      const world = await createWorld(database);
      const [record = ''] = await answered(world, 1);
      await updateConnection(database.db, world.connectionId(), { status: 'new', provisionDueAt: world.clock() });
      await world.flush();
      expect(writes(world)).toEqual([]);
      await world.runDue();
      expect(rating(world, record)).toBe(0);
    });

    it('writes every record anew once it was created', async () => {
      const world = await createWorld(database);
      const [record = ''] = await answered(world, 1);
      await world.flush();
      world.vendor.records.clear();
      world.vendor.findings.push(plainFinding({ kind: 'field', field: 'nps_latest_rating' }, 'created'));
      await updateConnection(database.db, world.connectionId(), { provisionDueAt: world.clock() });
      await world.runDue();
      expect(rating(world, record)).toBe(0);
    });
  });
});
