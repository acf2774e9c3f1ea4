import { beforeAll, expect, it } from 'vitest';
import { createRender } from '../../src/platform/messages/render.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { type Served, serve } from './served.ts';

describeOnEachDatabase('a problem document', (open) => {
  let service: Served;

  beforeAll(async () => {
    service = await serve(await open());
  });

  const tooLong = { key: 'problem-document', metric: 'nps', name: 'x'.repeat(121) };
  const refused = (headers: Record<string, string> = {}) =>
    service.call('POST', '/surveys', { body: tooLong, headers });

  it('has codes for programs and sentences for people, and names the request', async () => {
    const { status, body, headers } = await refused();
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status,
      code: 'invalid_input',
      params: {},
      detail: createRender()('errors', { code: 'invalid_input', params: {} }),
      problems: [
        {
          field: 'name',
          code: 'field.too_long',
          params: { max: 120 },
          message: createRender()('fields', { code: 'field.too_long', params: { max: 120 } }),
        },
      ],
      instance: `urn:uuid:${headers.get('x-request-id')}`,
    });
  });

  it.each(['de', 'fr', 'es', 'nb'] as const)(
    'speaks %s to whoever asks for it, with the same codes',
    async (language) => {
      const say = createRender({ language });
      const { body } = await refused({ 'accept-language': `${language}, en;q=0.5` });
      expect(body).toMatchObject({
        code: 'invalid_input',
        detail: say('errors', { code: 'invalid_input', params: {} }),
        problems: [
          { code: 'field.too_long', message: say('fields', { code: 'field.too_long', params: { max: 120 } }) },
        ],
      });
      const missing = await service.call('GET', '/surveys/nowhere', { headers: { 'accept-language': language } });
      expect(missing.body).toMatchObject({
        code: 'not_found',
        params: { what: 'survey' },
        detail: say('errors', { code: 'not_found', params: { what: 'survey' } }),
      });
    },
  );

  it('leaves a log line with codes, and nothing of what was sent', async () => {
    const { headers } = await service.call('POST', '/surveys', { body: { ...tooLong, name: 'Ann Hush'.repeat(30) } });
    const line = service.logs.find(({ request }) => request === headers.get('x-request-id'));
    expect(line).toMatchObject({
      code: 'request.refused',
      failure: 'invalid_input',
      params: {},
      status: 400,
      problems: [{ field: 'name', code: 'field.too_long' }],
    });
    expect(JSON.stringify(service.logs)).not.toContain('Hush');
  });
});
