import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { type Served, serve } from './served.ts';

describeOnEachDatabase('surveys through the API', (open) => {
  let service: Served;
  let lastKey = 0;

  beforeAll(async () => {
    service = await serve(await open());
  });

  const call = (...of: Parameters<Served['call']>) => service.call(...of);

  /** A draft of its own key. */
  async function draft(definition: object = {}): Promise<string> {
    lastKey += 1;
    const key = `survey-${lastKey}`;
    const made = await call('POST', '/surveys', { body: { key, metric: 'nps', ...definition } });
    expect(made.status).toBe(201);
    return key;
  }

  const fields = (answer: { body: { problems?: { field: string }[] } }) =>
    answer.body.problems?.map(({ field }) => field);

  it('makes a draft with what is usual for its metric, and asks no one with it', async () => {
    const key = await draft({ metric: 'csat', company: 'Acme', scale: 7 });
    const { body } = await call('GET', `/surveys/${key}`);
    expect(body).toMatchObject({
      key,
      status: 'draft',
      version: 0,
      published: null,
      readOnly: false,
      draft: { metric: 'csat', scale: 7, texts: { company: 'Acme' }, timing: { delay: 'PT15M' } },
    });
    const { body: all } = await call('GET', '/surveys');
    expect(all.items.map((item: { key: string }) => item.key)).toContain(key);
  });

  it('replaces whole parts, and single values by their short names', async () => {
    const key = await draft({ timing: { delay: 'PT1H', weekdaysOnly: true }, followUp: { mayContact: true } });
    await call('PATCH', `/surveys/${key}`, { body: { timing: { quietHours: { from: '21:00', until: '07:00' } } } });
    const { body } = await call('PATCH', `/surveys/${key}`, { body: { dailyCap: 7, name: 'Mine' } });
    expect(body).toMatchObject({
      name: 'Mine',
      draft: {
        timing: { weekdaysOnly: false, delay: 'PT24H', quietHours: { from: '21:00', until: '07:00' } },
        followUp: { mayContact: true },
        audience: { dailyCap: 7, quietPeriod: 'P90D' },
      },
    });
  });

  it.each([
    ['an unknown field', { color: '#112233' }, ['color']],
    ['an unknown field in a part', { branding: { hue: '#112233' } }, ['branding.hue']],
    ['a number out of range', { dailyCap: 0 }, ['dailyCap']],
    ['a scale of another metric', { scale: 9 }, ['scale']],
    ['a language without texts', { languages: ['en', 'tlh'] }, ['languages[1]']],
    ['own words in such a language', { texts: { own: { tlh: { thanks: 'Qapla’' } } } }, ['texts.own.tlh']],
    ['a mistyped placeholder', { texts: { own: { en: { subject: 'Hello {nmae}' } } } }, ['texts.own.en.subject']],
    ['text that cannot be kept', { texts: { company: 'A\u0000' } }, ['texts.company']],
    ['half a character', { name: '\ud83d' }, ['name']],
  ])('refuses %s, naming the field', async (_what, change, problems) => {
    const key = await draft();
    const answer = await call('PATCH', `/surveys/${key}`, { body: change });
    expect(answer.status).toBe(400);
    expect(fields(answer)).toEqual(problems);
    expect((await service.read(`/surveys/${key}`)).draft).toMatchObject({ texts: { company: 'us' } });
  });

  it('refuses a key that is taken, and one that is none', async () => {
    const key = await draft();
    expect(await call('POST', '/surveys', { body: { key, metric: 'ces' } })).toMatchObject({ status: 409 });
    const bad = await call('POST', '/surveys', { body: { key: 'Not a key', metric: 'ces' } });
    expect([bad.status, fields(bad)]).toEqual([400, ['key']]);
    const without = await call('POST', '/surveys', { body: { key: 'without' } });
    expect(fields(without)).toEqual(['metric']);
    expect(await call('GET', '/surveys/nowhere')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('freezes a version at each publication, and only when something is new', async () => {
    const key = await draft();
    expect(await call('POST', `/surveys/${key}/publish`)).toMatchObject({
      status: 200,
      body: { status: 'live', version: 1, draft: null, published: { audience: { dailyCap: 500 } } },
    });
    await call('PATCH', `/surveys/${key}`, { body: { dailyCap: 5 } });
    expect(await service.read(`/surveys/${key}`)).toMatchObject({
      version: 1,
      published: { audience: { dailyCap: 500 } },
      draft: { audience: { dailyCap: 5 } },
    });
    expect((await call('POST', `/surveys/${key}/publish`)).body).toMatchObject({ version: 2, draft: null });
    expect((await call('POST', `/surveys/${key}/publish`)).body).toMatchObject({ version: 2 });
    const { items } = await service.read(`/surveys/${key}/versions`);
    expect(items).toMatchObject([
      { version: 2, content: { audience: { dailyCap: 5 } } },
      { version: 1, content: { audience: { dailyCap: 500 } } },
    ]);
  });

  it('refuses to publish what could not be sent, and says so beforehand', async () => {
    const key = await draft({ audience: { dailyCap: null }, delivery: { brand: 'nowhere' } });
    const problems = ['delivery.brand', 'audience.dailyCap'];
    const { items } = await service.read(`/surveys/${key}/problems`);
    expect(items.map(({ field }: { field: string }) => field)).toEqual(problems);
    const answer = await call('POST', `/surveys/${key}/publish`);
    expect([answer.status, fields(answer)]).toEqual([422, problems]);
    expect(await service.read(`/surveys/${key}`)).toMatchObject({ status: 'draft', version: 0 });
  });

  it('keeps the scale of a survey that was published', async () => {
    const key = await draft({ metric: 'csat' });
    expect((await call('PATCH', `/surveys/${key}`, { body: { metric: 'nps' } })).body.draft.scale).toBe(10);
    await call('POST', `/surveys/${key}/publish`);
    const answer = await call('PATCH', `/surveys/${key}`, { body: { metric: 'csat' } });
    expect([answer.status, fields(answer)]).toEqual([422, ['metric', 'scale']]);
  });

  it('pauses, resumes and unpublishes, each only from where that makes sense', async () => {
    const key = await draft();
    const turn = async (how: string) => {
      const { status, body } = await call('POST', `/surveys/${key}/${how}`);
      return status === 200 ? body.status : status;
    };
    expect(await turn('pause')).toBe(409);
    expect(await turn('publish')).toBe('live');
    expect(await turn('resume')).toBe('live');
    expect(await turn('pause')).toBe('paused');
    expect(await turn('pause')).toBe('paused');
    expect(await turn('resume')).toBe('live');
    expect(await turn('unpublish')).toBe('unpublished');
    expect(await turn('resume')).toBe(409);
    expect(await turn('publish')).toBe('live');
    expect((await service.read(`/surveys/${key}`)).version).toBe(1);
  });

  it('takes a draft away, and keeps what was published', async () => {
    const gone = await draft();
    expect((await call('DELETE', `/surveys/${gone}`)).status).toBe(204);
    expect((await call('GET', `/surveys/${gone}`)).status).toBe(404);
    const stays = await draft();
    await call('POST', `/surveys/${stays}/publish`);
    expect((await call('DELETE', `/surveys/${stays}`)).status).toBe(409);
  });

  it('leaves those of the file as they are, and before all others', async () => {
    const tries: [string, string, object?][] = [
      ['PATCH', '/surveys/after-ticket', { name: 'Mine' }],
      ['DELETE', '/surveys/after-ticket'],
      ['POST', '/surveys/after-ticket/publish'],
      ['POST', '/surveys/after-ticket/pause'],
    ];
    for (const [method, path, body] of tries) {
      const answer = await call(method, path, body === undefined ? {} : { body });
      expect([answer.status, answer.body.code]).toEqual([409, 'survey_in_file']);
    }
    expect((await service.read('/surveys/after-ticket')).readOnly).toBe(true);
    await draft();
    expect((await service.read('/surveys')).items[0].key).toBe('after-ticket');
  });

  it('asks in the order that was said, which names every survey once', async () => {
    await draft();
    await draft();
    const { items } = await service.read('/surveys');
    const keys = items.slice(1).map(({ key }: { key: string }) => key);
    const turned = keys.toReversed();
    expect(await call('PUT', '/surveys/order', { body: { keys: turned } })).toMatchObject({
      status: 200,
      body: { keys: ['after-ticket', ...turned] },
    });
    for (const wrong of [keys.slice(1), [...keys, keys[0]], [...keys.slice(1), 'nowhere'], ['after-ticket', ...keys]]) {
      expect(fields(await call('PUT', '/surveys/order', { body: { keys: wrong } }))).toEqual(['keys']);
    }
    expect((await service.read('/surveys')).items.slice(1).map(({ key }: { key: string }) => key)).toEqual(turned);
  });
});
