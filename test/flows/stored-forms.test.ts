import { beforeAll, expect, it } from 'vitest';
import { zendesk } from '../../connectors/zendesk/index.ts';
import type { ZendeskSimulator } from '../../connectors/zendesk/simulator/index.ts';
import type { Connector } from '../../src/connector.ts';
import { updateCopies } from '../../src/store/copies.ts';
import type { Database } from '../../src/store/database.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { besideSimulator } from './real-system.ts';
import { day, minute } from './world.ts';

describeOnEachDatabase('a system that keeps texts in a form of its own', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  const mixed = 'Caf\u00e9: nai\u0308ve';

  it.each<[string, (text: string) => string]>([
    ['CRLF', (text) => text.replace(/\r\n?|\n/gu, '\r\n')],
    ['CR', (text) => text.replace(/\r\n?|\n/gu, '\r')],
    ['NFC', (text) => text.normalize('NFC')],
    ['NFD', (text) => text.normalize('NFD')],
    ['trimmed lines', (text) => text.trim().replace(/[ \t]+$/gmu, '')],
    ['the first 255 characters', (text) => text.slice(0, 255)],
  ])('gets nothing again after the daily read-back, nor before a repeated write: %s', async (_, form) => {
    const { world, simulator, connectionId } = await besideSimulator<ZendeskSimulator>(database, zendesk as Connector);
    simulator.storeTexts(form);
    const email = 'ann@example.com';
    const id = simulator.addContact({ name: 'Ann', email });
    const { letter } = await world.asked({ requester: world.vendor.addPerson({ email }) });
    await world.answer(letter, 9, `One line \n${mixed}\r\n\r\nthe last\t\n${'long '.repeat(80)}end`);
    await world.pass(minute);
    const kept = String(simulator.record(id)?.nps_latest_comment);
    expect(kept).toContain('One line');
    expect(form(kept)).toBe(kept);

    const writes = () => simulator.requests.filter(({ method, path }) => method === 'PUT' && path.includes('/users'));
    const before = writes().length;
    expect(before).toBeGreaterThan(0);
    await world.pass(3 * day);
    expect(writes()).toHaveLength(before);

    const [copy] = (await world.copies()).filter((one) => one.connectionId === connectionId);
    await updateCopies(database.db, [copy?.id ?? ''], { dueAt: world.clock(), uncertain: true });
    await world.pass(minute);
    expect(writes()).toHaveLength(before);
    expect((await world.copies()).find((one) => one.id === copy?.id)).toMatchObject({ dueAt: null, uncertain: false });
  });

  it('gets again what somebody changed', async () => {
    const { world, simulator } = await besideSimulator<ZendeskSimulator>(database, zendesk as Connector);
    const email = 'ann@example.com';
    const id = simulator.addContact({ name: 'Ann', email });
    const { letter } = await world.asked({ requester: world.vendor.addPerson({ email }) });
    simulator.storeTexts((text) => text.replace('kind', 'rude'));
    await world.answer(letter, 9, 'Quick and kind');
    await world.pass(minute);
    expect(simulator.record(id)?.nps_latest_comment).toBe('Quick and rude');
    simulator.storeTexts((text) => text);
    await world.pass(2 * day);
    expect(simulator.record(id)?.nps_latest_comment).toBe('Quick and kind');
  });
});
