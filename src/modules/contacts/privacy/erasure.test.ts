import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { everyWord, fillWithContact, theirs } from '../../../../test/flows/filled-contact.ts';
import { createWorld, day, minute, type World } from '../../../../test/flows/world.ts';
import { vendorSays } from '../../../../test/vendor-says.ts';
import { rowsWith } from '../../../../test/whole-database.ts';
import { noValues } from '../../../model/crm-field-definitions.ts';
import { NotFound, UpstreamBusy } from '../../../model/errors.ts';
import { audit } from '../../../platform/audit/tables.ts';
import type { Database } from '../../../platform/database/database.ts';
import { idempotency } from '../../../platform/idempotency/tables.ts';
import { createJobs, type Jobs } from '../../../platform/jobs/jobs.ts';
import { invitation } from '../../invitations/tables.ts';
import { suppression } from '../tables.ts';
import { eraseContact } from './erase.ts';
import { exportPersonalData } from './export.ts';

const neverQuiet = { quietPeriod: 'PT0S', audience: { quietPeriodAcross: 'PT0S' }, reminders: ['P3D'] };

describeOnEachDatabase('a contact who has been through everything', (open) => {
  let database: Database;
  let world: World;
  let jobs: Jobs;
  let contactId: string;
  let bystander: Awaited<ReturnType<World['asked']>>;
  beforeAll(async () => {
    database = await open();
    world = await createWorld(database, { surveys: [neverQuiet], vendors: ['acme', 'globex'] });
    // What the job engine is told is in the database as well.
    jobs = await createJobs(database, pino({ level: 'silent' }));
    const { context } = world;
    const wake = context.wake;
    context.wake = async (...woken) => {
      await jobs.wake(...woken);
      await wake(...woken);
    };
    bystander = await world.asked();
    await world.answer(bystander.sentEmail, 10, 'Fine');
    contactId = await fillWithContact(world);
  }, 120_000);
  afterAll(() => jobs.stop(100));

  it('is held in many places, and told all of it', async () => {
    const found = await rowsWith(database.db, everyWord);
    const tables = new Set(found.map(({ table }) => table.replace('public.', '')));
    expect([...tables]).toEqual(
      expect.arrayContaining([
        ...[
          'contact',
          'contact_email',
          'contact_key',
          'record_link',
          'crm_fields',
          'invitation',
          'response',
          'survey_request',
        ],
        ...['event', 'received_event', 'idempotency', 'dry_run', 'resolution', 'address_state'],
      ]),
    );
    const { workspaceId, context } = world;
    const told = await exportPersonalData(context, { workspaceId, contactId });
    const text = JSON.stringify(told);
    const opened = expect.objectContaining({ what: 'open', rating: 9 });
    for (const word of [...everyWord, 'Ltd', 'lamp', 'order-of', 'customer-']) expect(text).toContain(word);
    expect(told).toMatchObject({
      exportedAt: world.clock().toISOString(),
      contact: { id: contactId, unsubscribedFromAll: expect.stringMatching(/Z$/u), company: 'Unmistakable Ltd' },
      crmFields: { nps_latest_rating: 9, nps_response_count: 1 },
      answers: expect.arrayContaining([
        expect.objectContaining({ rating: 2, status: 'retracted', countsOnTheRecord: false }),
        expect.objectContaining({ rating: 9, comment: theirs.comments[0], highestRating: 10 }),
      ]),
      asked: expect.arrayContaining([expect.objectContaining({ opened: expect.arrayContaining([opened]) })]),
      cutOff: [],
    });
    const ids = await world.database.db.select({ id: invitation.id }).from(invitation);
    // Half of a link, and not theirs to hand round.
    for (const { id } of ids) expect(text).not.toContain(id);
    expect(text).not.toContain('Fine');
    for (const of of [
      { workspaceId: 'another', contactId },
      { workspaceId, contactId: randomUUID() },
    ]) {
      await expect(exportPersonalData(context, of)).rejects.toThrow(NotFound);
    }
  });

  it('is nowhere in the database or the log, and on no record, once erased', async () => {
    const { context, workspaceId } = world;
    for (const [index, vendor] of world.vendors.entries()) {
      expect(vendor.records.get(theirs.records[index] ?? '')).toMatchObject({ nps_latest_comment: 'Whispered words' });
    }

    for (const vendor of world.vendors) {
      vendor.before = (call) => {
        if (call === 'write' || call === 'unmark')
          throw new UpstreamBusy(vendorSays('server_failed'), { serverFailed: true });
      };
    }
    await eraseContact(context, { workspaceId, contactId, because: 'request', actor: 'key-1' });
    // A record that is still to be cleared leads to nobody, whatever is heard of it.
    for (const id of theirs.records) await world.event(id, 'contact.changed');
    await world.runDue();
    const left = await rowsWith(database.db, everyWord);
    expect(new Set(left.map(({ table }) => table))).toEqual(new Set(['public.record_link']));
    expect(await rowsWith(database.db, [...theirs.addresses, ...theirs.names, ...theirs.comments])).toEqual([]);

    const answers = await database.db.select().from(idempotency);
    expect(answers.map(({ key }) => key)).toEqual(['nothing of theirs']);

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
    for (const id of theirs.records) await world.event(id, 'contact.changed');
    for (const ticket of world.vendor.tickets.values()) await world.event(ticket.id);
    await world.work('poll', world.connectionId());
    await world.pass(2 * day);
    expect(await rowsWith(database.db, everyWord)).toEqual([]);

    expect(world.vendor.records.get(bystander.recordId)).toMatchObject({ nps_latest_comment: 'Fine' });
    const said = JSON.stringify(world.logs).toLowerCase();
    for (const word of everyWord) expect(said.includes(word.toLowerCase()), word).toBe(false);
    await expect(exportPersonalData(context, { workspaceId, contactId })).rejects.toThrow(NotFound);
  }, 120_000);
});
