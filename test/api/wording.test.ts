import { beforeAll, describe, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { type Served, serve } from './served.ts';

describeOnEachDatabase('what a survey begins with', (open) => {
  let service: Served;

  beforeAll(async () => {
    service = await serve(await open(), { languages: ['en', 'de'] });
  });

  it('is a template, and each makes a draft that can be published', async () => {
    const { items } = await service.read('/templates');
    expect(items.length).toBeGreaterThan(4);
    for (const { key, survey } of items) {
      const made = await service.call('POST', '/surveys', { body: { ...survey, key } });
      expect(made).toMatchObject({ status: 201, body: { key, metric: survey.metric, status: 'draft' } });
      expect((await service.read(`/surveys/${key}/problems`)).items).toEqual([]);
    }
  });

  it('has the standard wording of its metric in every language, with its placeholders', async () => {
    const { items } = await service.read('/wording?metric=csat');
    expect(items.map(({ tag, name }: { tag: string; name: string }) => `${tag} ${name}`)).toEqual([
      'en English',
      'de Deutsch',
    ]);
    expect(items[1].words).toMatchObject({
      subject: 'Eine Frage von {company}',
      commentBottom: 'Was ist schiefgelaufen?',
    });
    expect(items[0].words.question).toBe('How satisfied are you with the help you got from {company}?');
  });

  describe('when two work on one survey', () => {
    it('the second is told that it is another by now, and nothing of the first is lost', async () => {
      const { body: seen } = await service.call('POST', '/surveys', { body: { key: 'two', metric: 'nps' } });
      const change = (revision: string, body: object) =>
        service.call('PATCH', `/surveys/two?revision=${revision}`, { body });
      const first = await change(seen.revision, { name: 'The first' });
      expect(first.status).toBe(200);
      expect(first.body.revision).not.toBe(seen.revision);

      expect(await change(seen.revision, { name: 'The second' })).toMatchObject({ status: 409 });
      expect(await service.read('/surveys/two')).toMatchObject({ name: 'The first', revision: first.body.revision });
      expect((await change(first.body.revision, { name: 'The second' })).status).toBe(200);
    });
  });
});
