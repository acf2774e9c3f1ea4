import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Finding } from '../../src/connector.ts';
import { isCoreField } from '../../src/model/account-fields.ts';
import { doNotSurveyKey, recordFields } from '../../src/model/crm-field-definitions.ts';
import { readTexts } from '../../src/model/locale.ts';
import { nameFinding } from '../../src/model/messages/finding.ts';
import { describeOnSimulators, type Meeting } from './on-simulators.ts';
import { claimed } from './question.ts';
import { personal } from './tools.ts';

const ada = { email: personal.email, name: personal.name };
const fieldNames = { nps_latest_rating: 'acme_rating', nps_trend: null, [doNotSurveyKey]: 'acme_leave_alone' };
const english = readTexts(JSON.parse(readFileSync(new URL('../../config/locales/en.json', import.meta.url), 'utf8')));

describeOnSimulators('what an account calls our fields', (meeting) => {
  /** A connection of an account with names of its own, and a contact in it. */
  async function prepare({ simulator, connect, webhookUrl }: Meeting) {
    const { connection } = connect({ fieldNames });
    const provisioning = claimed(connection.provisioning);
    const { findings } = await provisioning.ensure({ webhookUrl });
    const id = simulator.addContact(ada);
    return { contacts: claimed(connection.contacts), provisioning, findings, id };
  }

  it('a field of another name is made under it, and one that the account does without is not made', async () => {
    const { findings, provisioning, id } = await prepare(meeting());
    const states = Object.fromEntries(findings.map(({ about, state }) => [nameFinding(about), state]));
    expect(states['field nps_latest_rating']).toBe('created');
    expect(states).not.toHaveProperty('field nps_trend');
    const record = meeting().simulator.record(id) ?? {};
    expect(Object.keys(record).filter((name) => /nps_latest_rating$|nps_trend$/u.test(name))).toEqual([]);
    const { findings: again } = await provisioning.check({});
    expect(again.filter(({ state }) => state !== 'fine')).toEqual([]);
  });

  it('scores are written under it, and read back under our own', async () => {
    const { contacts, id } = await prepare(meeting());
    const values = { nps_latest_rating: 9, nps_response_count: 1 };
    expect(await contacts.writeFields([{ id, values }])).toMatchObject({ outcomes: [{ id, result: 'written' }] });
    expect(Number(meeting().simulator.record(id)?.acme_rating)).toBe(9);
    expect((await contacts.readFields([id])).get(id)).toMatchObject(values);
  });

  it('further properties are told when they are asked for, and only then', async () => {
    const { contacts, id } = await prepare(meeting());
    await contacts.writeFields([{ id, values: { nps_latest_rating: 7, nps_response_count: 2 } }]);
    const requests = { properties: ['acme_rating', 'of_no_one'] };
    expect((await contacts.find({ ids: [id] }, requests))[0]?.properties).toEqual({ acme_rating: '7' });
    expect((await contacts.find({ emails: [ada.email] }, requests))[0]?.properties).toEqual({ acme_rating: '7' });
    expect((await contacts.find({ ids: [id] }))[0]).not.toHaveProperty('properties');
  });

  it('they come with the requester of a ticket', async () => {
    const { contacts, id } = await prepare(meeting());
    const { simulator, tickets } = meeting();
    await contacts.writeFields([{ id, values: { nps_latest_rating: 7, nps_response_count: 2 } }]);
    const ticket = simulator.addTicket({ requesterId: id, subject: 'A lamp' });
    simulator.resolve(ticket);
    const found = await tickets.find(ticket, { properties: ['acme_rating'] });
    expect(found?.requester?.properties).toEqual({ acme_rating: '7' });
  });
});

describeOnSimulators('the core field profile', (meeting) => {
  const keysOf = (findings: readonly Finding[]) =>
    findings.flatMap(({ about }) => (about.kind === 'field' ? [about.field] : []));
  const core = recordFields.filter(isCoreField).map(({ key }) => key);

  it('creates the fields of the main job only, and names the others once', async () => {
    const { connect, webhookUrl } = meeting();
    const provisioning = claimed(connect({ fieldProfile: 'core' }).connection.provisioning);
    for (const check of [() => provisioning.ensure({ webhookUrl }), () => provisioning.check()]) {
      const { findings } = await check();
      expect(keysOf(findings).toSorted()).toEqual(core.toSorted());
      const others = recordFields.filter((field) => !isCoreField(field)).map(({ key }) => key);
      expect(findings.filter(({ about }) => about.kind === 'fields')).toMatchObject([
        { state: 'fine', fields: others },
      ]);
    }
  });

  it('leaves alone what is there already', async () => {
    const { provisioning, connect, webhookUrl } = meeting();
    await provisioning.ensure({ webhookUrl });
    const { findings } = await claimed(connect({ fieldProfile: 'core' }).connection.provisioning).check();
    expect(keysOf(findings)).toHaveLength(recordFields.length);
    expect(findings.filter(({ about }) => about.kind === 'fields')).toEqual([]);
  });
});

describeOnSimulators('the language of labels', (meeting) => {
  it('new fields are called as those who work there say, and later ones leave them so', async () => {
    const { provisioning, webhookUrl, simulator } = meeting();
    const labels = {
      ...english.fields,
      labels: { ...english.fields.labels, nps_latest_rating: 'Letzte NPS-Bewertung' },
      options: { ...english.fields.options, promoter: 'Fürsprecher' },
    };
    await provisioning.ensure({ webhookUrl, labels });
    const sent = JSON.stringify(simulator.requests.map(({ body }) => body));
    const before = simulator.requests.length;
    const { findings } = await provisioning.ensure({ webhookUrl });
    expect(findings.filter(({ state }) => state === 'created' || state === 'repaired')).toEqual([]);
    expect(simulator.requests.slice(before).filter(({ method }) => method !== 'GET' && method !== 'POST')).toEqual([]);
    // Freshdesk makes the lasting name of a field out of its label, so there it is our key in words.
    if (meeting().connector.name === 'freshdesk') return;
    expect(sent).toContain('Letzte NPS-Bewertung');
    expect(sent).toContain('Fürsprecher');
  });
});

describeOnSimulators('the company of a contact', (meeting) => {
  it('is told where the system knows it by name', async ({ skip }) => {
    const { simulator, tickets, connector } = meeting();
    if (connector.name === 'freshdesk') skip('Freshdesk tells the number of a company, not its name');
    const id = simulator.addContact({ ...ada, company: 'Globex' });
    const ticket = simulator.addTicket({ requesterId: id, subject: 'A lamp' });
    simulator.resolve(ticket);
    expect((await tickets.find(ticket))?.requester?.company).toBe('Globex');
  });
});
