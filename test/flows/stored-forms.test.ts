import { beforeAll, expect, it } from 'vitest';
import { zendesk } from '../../connectors/zendesk/index.ts';
import type { ZendeskSimulator } from '../../connectors/zendesk/simulator/index.ts';
import type { Connector } from '../../src/connector.ts';
import { updateRecordLinks } from '../../src/modules/records/queries/record-links.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { besideSimulator } from './real-system.ts';
import { resolveTogether } from './resolve-together.ts';
import { day, hour, minute } from './world.ts';

describeOnEachDatabase('a system that keeps texts in a form of its own', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const mixed = 'Caf\u00e9: nai\u0308ve';

  const forms: Readonly<Record<string, (text: string) => string>> = {
    CRLF: (text) => text.replace(/\r\n?|\n/gu, '\r\n'),
    CR: (text) => text.replace(/\r\n?|\n/gu, '\r'),
    NFC: (text) => text.normalize('NFC'),
    NFD: (text) => text.normalize('NFD'),
    'trimmed lines': (text) => text.trim().replace(/[ \t]+$/gmu, ''),
    'the first 255 characters': (text) => text.slice(0, 255),
  };

  /** Each comment names the form in which the system keeps it. */
  const asNamed = (text: string) => (forms[/ as (.+?):/u.exec(text)?.[1] ?? ''] ?? ((saved) => saved))(text);

  it('gets nothing again after the daily read-back, nor before a repeated write, whatever the form', async () => {
    const { world, simulator, connectionId } = await besideSimulator<ZendeskSimulator>(database, zendesk as Connector);
    simulator.storeTexts(asNamed);
    const contacts = Object.entries(forms).map(([name, form], place) => {
      const email = `ann-${place}@example.com`;
      const id = simulator.addContact({ name: 'Ann', email });
      return { name, form, id, requester: world.vendor.addContact({ email }) };
    });
    await resolveTogether(
      world,
      contacts.map(({ requester }) => requester),
    );
    await world.pass(hour);
    for (const { name, requester } of contacts) {
      const sentEmail = world.fakeEmailServer.to(requester.email ?? '').at(-1);
      if (!sentEmail) throw new Error('no one was asked');
      const text = `One line as ${name}: \n${mixed}\r\n\r\nthe last\t\n${'long '.repeat(80)}end`;
      await world.answer(sentEmail, 9, text);
    }
    await world.pass(minute);
    const saved = contacts.map(({ id }) => String(simulator.record(id)?.nps_latest_comment));
    expect(saved).toEqual(contacts.map(({ name }) => expect.stringContaining(`One line as ${name}:`)));
    expect(saved).toEqual(contacts.map(({ form }, place) => form(saved[place] ?? '')));
    expect(new Set(saved.map((text) => text.replace(/ as .+?:/u, ''))).size).toBeGreaterThan(3);

    const writes = () => simulator.requests.filter(({ method, path }) => method === 'PUT' && path.includes('/users'));
    const before = writes().length;
    expect(before).toBeGreaterThan(0);
    await world.pass(3 * day);
    expect(writes()).toHaveLength(before);

    const recordLinks = async () => (await world.recordLinks()).filter((one) => one.connectionId === connectionId);
    const ids = (await recordLinks()).map(({ id }) => id);
    expect(ids).toHaveLength(contacts.length);
    await updateRecordLinks(database.db, ids, { dueAt: world.clock(), uncertain: true });
    await world.pass(minute);
    expect(writes()).toHaveLength(before);
    for (const recordLink of await recordLinks()) expect(recordLink).toMatchObject({ dueAt: null, uncertain: false });
  });

  it('gets again what somebody changed', async () => {
    const { world, simulator } = await besideSimulator<ZendeskSimulator>(database, zendesk as Connector);
    const email = 'ann@example.com';
    const id = simulator.addContact({ name: 'Ann', email });
    const { sentEmail } = await world.asked({ requester: world.vendor.addContact({ email }) });
    simulator.storeTexts((text) => text.replace('kind', 'rude'));
    await world.answer(sentEmail, 9, 'Quick and kind');
    await world.pass(minute);
    expect(simulator.record(id)?.nps_latest_comment).toBe('Quick and rude');
    simulator.storeTexts((text) => text);
    await world.pass(2 * day);
    expect(simulator.record(id)?.nps_latest_comment).toBe('Quick and kind');
  });
});
