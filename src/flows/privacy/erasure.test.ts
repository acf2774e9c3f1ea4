import { pino } from 'pino';
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { everyWord, fillWithSomebody, theirs } from '../../../test/flows/somebody.ts';
import { createWorld, day, minute } from '../../../test/flows/world.ts';
import { rowsWith } from '../../../test/whole-database.ts';
import { noValues } from '../../domain/record-fields.ts';
import { UpstreamBusy } from '../../errors.ts';
import { createJobs } from '../../jobs.ts';
import type { Database } from '../../store/database.ts';
import { audit, suppression } from '../../store/tables/index.ts';
import { erasePerson } from './erase.ts';

describeOnEachDatabase('somebody who was erased', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('is nowhere in the database or the log, and on no record', async () => {
    const world = await createWorld(database, {
      surveys: [{ quietPeriod: 'PT0S', audience: { quietPeriodAcross: 'PT0S' }, reminders: ['P3D'] }],
      vendors: ['acme', 'globex'],
    });
    // What the job engine is told is in the database as well.
    const jobs = await createJobs(database, pino({ level: 'silent' }));
    const { context } = world;
    const wake = context.wake;
    context.wake = async (...woken) => {
      await jobs.wake(...woken);
      await wake(...woken);
    };
    const bystander = await world.asked();
    await world.answer(bystander.letter, 10, 'Fine');
    const contactId = await fillWithSomebody(world);
    const held = await rowsWith(database.db, everyWord);
    const tables = new Set(held.map(({ table }) => table.replace('public.', '')));
    expect([...tables]).toEqual(
      expect.arrayContaining([
        ...['contact', 'contact_email', 'contact_key', 'copy', 'score', 'invitation', 'response', 'recipient'],
        ...['notice', 'intake', 'idempotency', 'dry_run', 'resolution'],
      ]),
    );
    for (const [index, vendor] of world.vendors.entries()) {
      expect(vendor.records.get(theirs.records[index] ?? '')).toMatchObject({ nps_latest_comment: 'Whispered words' });
    }

    for (const vendor of world.vendors) {
      vendor.before = (call) => {
        if (call === 'write' || call === 'unmark') throw new UpstreamBusy('answered 503', { serverFailed: true });
      };
    }
    const { workspaceId } = world;
    await erasePerson(context, { workspaceId, contactId, because: 'request', actor: 'key-1' });
    await world.settle();
    const left = await rowsWith(database.db, everyWord);
    expect(new Set(left.map(({ table }) => table))).toEqual(new Set(['public.copy']));
    expect(await rowsWith(database.db, [...theirs.addresses, ...theirs.names, ...theirs.comments])).toEqual([]);

    for (const vendor of world.vendors) vendor.before = () => {};
    await world.pass(10 * minute);
    expect(await rowsWith(database.db, everyWord)).toEqual([]);
    for (const [index, id] of theirs.records.entries()) {
      const vendor = world.vendors[index === 1 ? 1 : 0];
      expect(vendor?.records.get(id)).toEqual(noValues);
    }
    expect([...world.vendor.marked.keys()]).toEqual([bystander.ticketId]);

    const hashes = theirs.addresses.map((address) => context.addressHashes.of(address)[0]);
    const remembered = (await database.db.select().from(suppression)).filter((row) => row.workspaceId === workspaceId);
    expect(remembered.map(({ hash }) => hash).sort()).toEqual(hashes.sort());
    expect(remembered.every(({ reason }) => reason === 'erased')).toBe(true);
    expect((await database.db.select().from(audit)).at(-1)).toMatchObject({ action: 'contact.erase', actor: 'key-1' });

    // Whatever is heard of them afterwards: their vendors know them still.
    for (const id of theirs.records) await world.notice(id, 'contact.changed');
    for (const ticket of world.vendor.tickets.values()) await world.notice(ticket.id);
    await world.work('poll', world.connectionId());
    await world.pass(2 * day);
    expect(await rowsWith(database.db, everyWord)).toEqual([]);

    expect(world.vendor.records.get(bystander.recordId)).toMatchObject({ nps_latest_comment: 'Fine' });
    const said = JSON.stringify(world.logs).toLowerCase();
    for (const word of everyWord) expect(said.includes(word.toLowerCase()), word).toBe(false);
    await jobs.stop(100);
  }, 120_000);
});
