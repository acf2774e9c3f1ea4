import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call, type Portal, startPortal } from './fixtures/portal.ts';
import { readHandler } from './handlers.ts';

let portal: Portal;
beforeEach(async () => {
  portal = await startPortal();
});
afterEach(async () => {
  expect(portal.tools.breaches).toEqual([]);
  await portal.stop();
});

const addContact = (name: string, email: string | undefined = `${name.toLowerCase()}@customer.example`) =>
  portal.simulator.addContact({ name, ...(email === '' ? {} : { email }) });
const addTicket = (recordId: string, more: { agent?: string; publicReplies?: number } = {}) =>
  portal.simulator.addTicket({ requesterId: recordId, subject: 'The kettle leaks', ...more });
const asked = (part: string) => portal.simulator.requests.filter(({ path }) => path.includes(part)).length;

describe('replies', () => {
  const found = async (source: string | undefined, publicReplies: number) => {
    const id = addTicket(addContact('Ada'), { publicReplies });
    const properties = { source_type: source ?? '' };
    await call(portal, 'PATCH', `/crm/objects/2026-03/tickets/${id}`, { properties });
    return portal.tickets.find(id);
  };

  it.each(['EMAIL', 'CHAT', 'FORM'])('are none where nobody has answered by %s', async (source) => {
    expect(await found(source, 0)).toMatchObject({ publicReplies: 0 });
  });

  it.each([
    ['a channel that has none', 'PHONE', 0],
    ['an unknown channel', undefined, 0],
    ['a ticket that was answered', 'EMAIL', 1],
  ])('are not told of %s', async (_what, source, publicReplies) => {
    expect(await found(source, publicReplies)).not.toHaveProperty('publicReplies');
  });
});

describe('who handled a ticket', () => {
  it('is nobody where a workflow closed what no agent owns, alone and in batches of any size', async () => {
    const contact = addContact('Ada');
    const byWorkflow = addTicket(contact);
    const byAgent = addTicket(contact, { agent: 'Mira Okafor' });
    const byBreeze = addTicket(contact, { publicReplies: 0 });
    const byHand = addTicket(contact, { publicReplies: 0 });
    portal.simulator.closeBy(byWorkflow, 'AUTOMATION_PLATFORM');
    portal.simulator.closeBy(byAgent, 'AUTOMATION_PLATFORM');
    portal.simulator.closeBy(byBreeze, 'BREEZE_AGENT');
    portal.simulator.resolve(byHand);
    const few = [byWorkflow, byAgent, byBreeze, byHand];
    const many = [...few, ...Array.from({ length: 60 }, () => addTicket(contact))];
    const handlers = {
      [byWorkflow]: 'automation',
      [byAgent]: 'human_agent',
      [byBreeze]: 'ai_agent',
      [byHand]: 'human_agent',
    };
    for (const ids of [[byWorkflow], few, many]) {
      portal.passes(10_000);
      const found = await portal.ticketBatches.find(ids);
      const shown = found.flatMap(({ id, handler }) => (id in handlers ? [[id, handler]] : []));
      const expected = Object.entries(handlers).filter(([id]) => ids.includes(id));
      expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(expected));
      expect(found.filter(({ id, handler }) => !(id in handlers) && handler !== undefined)).toEqual([]);
    }
  });

  const ticket = { owner: undefined, hasReply: false, stageSource: undefined };
  it.each([
    ['AUTOMATION_PLATFORM', {}, 'automation'],
    ['WORKFLOWS', { hasReply: true }, 'automation'],
    ['WORKFLOWS', { owner: '1' }, 'human_agent'],
    ['CRM_UI', {}, 'human_agent'],
    ['BREEZE_AGENT', { owner: '1' }, 'ai_agent'],
    ['AI_AGENT', {}, 'ai_agent'],
    ['INTEGRATION', {}, undefined],
    [undefined, {}, undefined],
    [undefined, { hasReply: true }, 'human_agent'],
    ['EMAIL', {}, undefined],
  ])('closed by %s with %o: %s', (stageSource, more, handler) => {
    expect(readHandler({ ...ticket, ...more, stageSource } as Parameters<typeof readHandler>[0])).toBe(handler);
  });
});

describe('the requester among several contacts', () => {
  /** A ticket of two contacts, of whom the younger record wrote. */
  function prepare({ spam = false } = {}) {
    const [old, young] = [addContact('Ada'), addContact('Grace')];
    const id = addTicket(old);
    portal.simulator.associate(id, young);
    portal.simulator.addThread(id, { recordId: young, spam });
    return { id, old, young };
  }

  it('is who wrote first', async () => {
    const { id, young } = prepare();
    expect(await portal.tickets.find(id)).toMatchObject({ requester: { id: young }, requesterBy: 'wrote_first' });
    expect(await portal.tickets.find(id)).not.toHaveProperty('spam');
  });

  it('comes with the word that it is spam', async () => {
    const { id } = prepare({ spam: true });
    expect(await portal.tickets.find(id)).toMatchObject({ spam: true });
  });

  it('is the oldest record where threads may not be read, and that is asked once an hour', async () => {
    const { id, old } = prepare();
    portal.simulator.grantThreads(false);
    const expected = { requester: { id: old }, requesterBy: 'oldest_record' };
    for (let time = 0; time < 2; time += 1) expect(await portal.tickets.find(id)).toMatchObject(expected);
    expect(asked('/threads/')).toBe(1);
    portal.passes(3_600_000);
    portal.simulator.grantThreads(true);
    expect(await portal.tickets.find(id)).toMatchObject({ requesterBy: 'wrote_first' });
  });

  it('is the oldest record where a visitor wrote, or the thread is gone', async () => {
    const { id, old } = prepare();
    portal.simulator.addThread(id, { recordId: '99999999999' });
    expect(await portal.tickets.find(id)).toMatchObject({ requester: { id: old }, requesterBy: 'oldest_record' });
  });

  it('costs no call where there is only one', async () => {
    const contact = addContact('Ada');
    const id = addTicket(contact);
    portal.simulator.addThread(id, { recordId: contact });
    const found = await portal.tickets.find(id);
    expect(found).toMatchObject({ requester: { id: contact } });
    expect(found).not.toHaveProperty('requesterBy');
    expect(asked('/threads/')).toBe(0);
  });
});

describe('more than one search can page through', () => {
  it('tickets that changed in one instant are all seen', async () => {
    portal.simulator.limitSearch(300);
    const contact = addContact('Ada');
    const since = portal.clock();
    portal.passes(1000);
    const early = addTicket(contact);
    portal.passes(1000);
    const crowd = Array.from({ length: 450 }, () => addTicket(contact));
    portal.passes(1000);
    const late = addTicket(contact);
    portal.passes(120_000);
    const seen = new Set<string>();
    let cursor: string | undefined;
    for (let page = 0; page < 20; page += 1) {
      const changes = await portal.tickets.changedSince(since, cursor);
      for (const { id } of changes.changes) seen.add(id);
      portal.passes(1000);
      if (!changes.more) break;
      expect(changes.completeUntil.getTime()).toBeLessThanOrEqual(portal.clock().getTime());
      cursor = changes.cursor;
    }
    expect([...seen].toSorted()).toEqual([early, ...crowd, late].toSorted());
  });

  it('contacts of an audience are all seen', async () => {
    portal.simulator.limitSearch(100);
    const since = portal.clock();
    const all = Array.from({ length: 250 }, (_, index) => addContact(`Contact${index}`));
    portal.passes(2000);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await portal.audience.page({ kind: 'changed', since }, cursor);
      seen.push(...page.contacts.map(({ id }) => id));
      cursor = page.cursor;
      portal.passes(1000);
    } while (cursor !== undefined);
    expect(seen).toEqual(all);
  });
});

it('a mark leaves out properties of the ticket that are not there', async () => {
  await portal.provisioning.ensure({ ticketMarks: true });
  const id = addTicket(addContact('Ada'));
  await call(portal, 'DELETE', '/crm/properties/2026-03/tickets/feedback_comment');
  const answer = { metric: 'nps', rating: 9, scale: 10, category: 'promoter', comment: 'Quick!' } as const;
  const marked = await portal.tickets.mark?.({ id, ...answer, answeredAt: portal.clock(), note: false });
  expect(marked).toMatchObject({ result: 'marked' });
  expect(portal.simulator.marks?.(id)).toMatchObject({ feedback_rating: '9', feedback_category: 'promoter' });
});
