import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { day, minute } from '../flows/world.ts';
import { type Served, serve } from './served.ts';

type Told = { id: string; kind: string; at: string } & Record<string, unknown>;

describeOnEachDatabase('one contact', (open) => {
  let service: Served;

  beforeAll(async () => {
    service = await serve(await open());
  });

  const idOf = async (email: string): Promise<string> => (await service.read(`/contacts?email=${email}`)).items[0].id;
  const timeline = async (id: string, query = ''): Promise<Told[]> =>
    (await service.read(`/contacts/${id}/timeline${query}`)).items;
  const kinds = (told: readonly Told[]) => told.map(({ kind }) => kind);

  it('is told from the resolution to the record, the newest first', async () => {
    const { sentEmail, email, ticketId, recordId } = await service.asked();
    const [, path = ''] = /https:\S+(\/s\/\S+)/u.exec(sentEmail.text) ?? [];
    await fetch(`${service.url}${path}`);
    service.jump(minute);
    const response = await service.answer(sentEmail, 3, 'Slow');
    await service.pass(minute);
    const id = await idOf(email);

    const told = await timeline(id);

    // Decided when the ticket was resolved, and again before the email left.
    expect(kinds(told)).toEqual(['written', 'answered', 'opened', 'sent', 'decided', 'scheduled', 'decided']);
    expect(told.toSorted((a, b) => b.at.localeCompare(a.at)).map(({ at }) => at)).toEqual(told.map(({ at }) => at));
    const [written, answered, opened, sent, decided] = told;
    expect(written).toMatchObject({
      connector: 'acme',
      record: recordId,
      outcome: { code: 'written' },
      upToDate: true,
    });
    expect(answered).toMatchObject({
      ...{ response: response.id, survey: 'after-ticket', ticket: ticketId, metric: 'nps' },
      ...{ rating: 3, scale: 10, category: 'detractor', comment: 'Slow', status: 'confirmed' },
    });
    // Which names itself as one.
    expect(opened).toMatchObject({ times: 1, byPrograms: 1 });
    expect(sent).toMatchObject({ email, remindersSent: 0, status: 'answered' });
    expect(decided).toMatchObject({
      ...{ verdict: 'asked', reasonCode: 'asked', message: expect.any(String), ticket: ticketId },
      reasonParams: { kind: 'sent', survey: 'after-ticket' },
    });
  });

  it('has what was done by hand with who did it', async () => {
    const { sentEmail, email } = await service.asked();
    const { id: response } = await service.answer(sentEmail, 3);
    const id = await idOf(email);
    for (const [how, body] of [
      ['retract', { reason: 'A slip.' }],
      ['restore', undefined],
      ['correct', { rating: 9, reason: 'They called.' }],
    ] as const) {
      service.jump(minute);
      await service.call('POST', `/responses/${response}/${how}`, body ? { body } : {});
    }
    service.jump(minute);
    await service.call('PATCH', `/contacts/${id}`, { body: { language: 'de' } });

    const told = (await timeline(id)).filter(({ kind }) => kind !== 'written');

    expect(kinds(told).slice(0, 5)).toEqual(['edited', 'corrected', 'restored', 'retracted', 'answered']);
    expect(told[0]).toMatchObject({ action: 'contact.change', fields: ['language'], actor: 'environment' });
    expect(told[1]).toMatchObject({ response, actor: 'environment', actorName: null });
    expect(told[4]).toMatchObject({ rating: 9, category: 'promoter' });
  });

  it('has their own change of mind, and that they want no more', async () => {
    const { sentEmail, email } = await service.asked();
    await service.answer(sentEmail, 3);
    service.jump(minute);
    await service.answer(sentEmail, 8, 'Better now');
    service.jump(minute);
    const [, path = ''] = /https:\S+(\/u\/\S+)/u.exec(sentEmail.text) ?? [];
    await fetch(`${service.url}${path}`, { method: 'POST', body: new URLSearchParams({ scope: 'survey' }) });
    const id = await idOf(email);

    const told = (await timeline(id)).filter(({ kind }) => kind !== 'written');

    expect(kinds(told).slice(0, 3)).toEqual(['unsubscribed', 'changed', 'answered']);
    expect(told[1]).toMatchObject({ rating: 8, comment: 'Better now' });
  });

  it('comes by pages that neither miss nor repeat anything', async () => {
    const { sentEmail, email } = await service.asked();
    await service.answer(sentEmail, 3);
    await service.pass(minute);
    const id = await idOf(email);
    const whole = (await timeline(id)).map((one) => one.id);
    const paged: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: Told[]; next: string | null } = await service.read(
        `/contacts/${id}/timeline?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.items.map((one) => one.id));
      cursor = page.next;
    }
    expect(paged).toEqual(whole);
    expect((await service.read(`/contacts/${id}/timeline?count=true`)).total).toEqual({
      count: whole.length,
      more: false,
    });
  });

  it('has their ratings by metric, and when each survey may ask them again and why not before', async () => {
    const { sentEmail, email } = await service.asked();
    await service.answer(sentEmail, 3);
    const id = await idOf(email);

    const shown = await service.read(`/contacts/${id}`);

    expect(shown.metrics).toMatchObject([
      { metric: 'nps', count: 1, latest: 3, previous: null, trend: 'first', ratings: [{ category: 'detractor' }] },
    ]);
    const sentAt = new Date(shown.invitations[0].sentAt).getTime();
    expect(shown.asking).toMatchObject([
      {
        ...{ survey: 'after-ticket', verdict: 'skipped', reasonCode: 'quiet_period' },
        reasonParams: { kind: 'asked', survey: 'after-ticket', other: 'after-ticket', period: 'P90D' },
        message: expect.any(String),
        from: new Date(sentAt + 90 * day).toISOString(),
      },
    ]);
    await service.call('PATCH', `/contacts/${id}`, { body: { doNotSurvey: true } });
    expect((await service.read(`/contacts/${id}`)).asking).toMatchObject([
      { reasonCode: 'do_not_survey', reasonParams: { kind: 'here' }, from: null },
    ]);
  });

  it('is nobody elsewhere', async () => {
    expect((await service.call('GET', '/contacts/00000000-0000-4000-8000-000000000000/timeline')).status).toBe(404);
    expect((await service.call('GET', '/contacts/unknown/timeline')).status).toBe(404);
  });
});
