import { beforeAll, describe, expect, it } from 'vitest';
import { previewedViews } from '../../src/modules/responses/page/preview.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { locales } from '../emails.ts';
import { type Served, serve } from './served.ts';

const branding = { color: '#d9480f', privacyUrl: 'https://acme.example/privacy', postalAddress: 'Acme, 1 Main Street' };
const own = { en: { question: 'How was {company}?', thanks: 'Ta!' }, de: { thanks: 'Danke!' } };
const content = { metric: 'nps', company: 'Acme', texts: { languages: ['en', 'de', 'ar'], own }, branding };

describeOnEachDatabase('previews', (open) => {
  let service: Served;

  beforeAll(async () => {
    service = await serve(await open());
    service.world.context.texts = locales;
    const body = { key: 'umbrella', name: 'Umbrella', company: 'Umbrella Ltd', branding: { color: '#0b3d91' } };
    expect((await service.call('POST', '/brands', { body })).status).toBe(201);
    const followUp = { afterHigh: 'https://reviews.example', redirect: 'https://acme.example/bye', mayContact: true };
    await service.call('POST', '/surveys', { body: { key: 'drafted', ...content, followUp } });
  });

  const post = (path: string, body: object) => service.call('POST', path, { body });
  const addresses = (html: string) => [...html.matchAll(/\s(?:href|action|src)="([^"]*)"/gu)].map(([, to]) => to);
  const fields = (answer: { body: { problems?: { field: string }[] } }) =>
    answer.body.problems?.map(({ field }) => field);

  describe('of a page', () => {
    it.each(previewedViews)(
      'show %s of the draft in any language, in a frame of ours, and lead nowhere',
      async (view) => {
        const answer = await service.call('GET', `/surveys/drafted/page?view=${view}&language=ar&rating=9`);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(answer.headers.get('x-frame-options')).toBe('SAMEORIGIN');
        const policy = answer.headers.get('content-security-policy');
        expect(policy).toMatch(/^default-src 'none'; .*form-action 'none'; .*frame-ancestors 'self'$/u);
        expect(answer.body).toContain('<html lang="ar" dir="rtl">');
        expect(addresses(answer.body).filter((to) => to !== '#')).toEqual([]);
        expect(answer.body).not.toMatch(/<script|http-equiv|name="page"/u);
      },
    );

    it('show the number that is wished for, and what goes with it', async () => {
      const page = async (query: string) => (await service.call('GET', `/surveys/drafted/page?${query}`)).body;
      expect(await page('view=followUp&rating=2')).toMatch(/<span>Send 2<\/span>.*What went wrong\?/su);
      expect(await page('view=thanks&rating=10')).toContain('class="button first"');
      expect(await page('view=thanks&rating=3')).not.toContain('class="button first"');
      expect(await page('')).toMatch(/--fill: #d9480f.*How was Acme\?/su);
    });

    it('show changes that are not saved, and save nothing', async () => {
      const changes = { metric: 'csat', branding: { color: '#0b3d91' }, company: 'Umbrella' };
      const { body } = await post('/surveys/drafted/page', { view: 'followUp', rating: 5, changes });
      expect(body).toMatch(/--fill: #0b3d91.*Umbrella.*<span>Send 5<\/span>/su);
      const { draft } = await service.read('/surveys/drafted');
      expect(draft).toMatchObject({ metric: 'nps', branding });
    });

    it('show a survey that is only being written, and what it has not written in that language', async () => {
      const german = (await post('/previews/page', { content, language: 'de', view: 'thanks' })).body;
      expect(german).toEqual({ html: expect.stringContaining('Danke!'), missing: ['question'] });
      const arabic = (await post('/previews/page', { content, language: 'ar' })).body;
      expect(arabic.missing).toEqual(['question', 'thanks']);
      expect((await post('/previews/page', { content })).body.missing).toEqual([]);
    });
  });

  describe('of the email', () => {
    it('show it as it is being written, with links that lead nowhere', async () => {
      const { body } = await post('/previews/email', { content, language: 'de', email: 'confirmation' });
      expect(body).toMatchObject({
        subject: 'Erinnerung: eine Frage von Acme',
        text: expect.stringContaining('Sie haben 9 gewählt. Stimmt das?'),
        missing: ['question'],
        sender: { address: expect.any(String) },
      });
      expect(addresses(body.html).filter((to) => !to?.startsWith('#'))).toEqual([]);
    });

    it.each([
      ['that is named', 'umbrella'],
      ['that is being written', { key: 'fresh', name: 'New', company: 'Umbrella Ltd', branding: { color: '#0b3d91' } }],
    ])('show it under the brand %s', async (_title, brand) => {
      const { body } = await post('/previews/email', { content: { metric: 'nps' }, brand });
      expect(body.subject).toBe('One question from Umbrella Ltd');
      expect(body.html).toContain('background:#0b3d91');
      const page = await post('/previews/page', { content: { metric: 'nps' }, brand });
      expect(page.body.html).toMatch(/--fill: #0b3d91.*Umbrella Ltd/su);
    });

    it('come quickly enough to follow what is typed', async () => {
      const times: number[] = [];
      for (let time = 0; time < 5; time += 1) {
        const began = performance.now();
        await post('/previews/email', { content: { ...content, company: `Acme ${time}` } });
        times.push(performance.now() - began);
      }
      expect(Math.min(...times)).toBeLessThan(100);
    });
  });

  it.each([
    ['a mistyped field', { content: { ...content, color: '#fff' } }, ['content.color']],
    ['a color that is none', { content: { ...content, branding: { color: 'red' } } }, ['content.branding.color']],
    ['a language without texts', { content, language: 'tlh' }, ['language']],
    ['a brand that is not there', { content, brand: 'nowhere' }, ['brand']],
    ['a number beside the scale', { content, view: 'thanks', rating: 11 }, ['rating']],
    ['a view that is none', { content, view: 'nowhere' }, ['view']],
  ])('refuse %s, naming it', async (_title, body, named) => {
    const answer = await post('/previews/page', body);
    expect([answer.status, fields(answer)]).toEqual([400, named]);
  });

  describe('a test of the draft', () => {
    it('is sent to an address at once, in the language that was chosen, and counts nowhere', async () => {
      const email = 'admin@acme.example';
      for (const [language, subject] of [
        ['de', 'Eine Frage von Acme'],
        ['en', 'One question from Acme'],
      ]) {
        const answer = await post('/surveys/drafted/send-test', { email, language });
        expect(answer).toMatchObject({ status: 200, body: { verdict: 'asked' } });
        await service.world.runDue();
        expect(service.world.fakeEmailServer.to(email).at(-1)).toMatchObject({ subject });
      }
      expect(await service.world.contacts()).toMatchObject([{ lastAskedAt: null }]);
      expect((await service.read('/audit?action=survey.try')).items).toHaveLength(2);
    });

    it('needs an address from a key, and a survey', async () => {
      const answer = await post('/surveys/drafted/send-test', {});
      expect([answer.status, fields(answer)]).toEqual([400, ['email']]);
      expect((await post('/surveys/nowhere/send-test', { email: 'a@b.example' })).status).toBe(404);
    });
  });
});
