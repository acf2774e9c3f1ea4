import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { golden, sortedJson } from '../golden/golden.ts';
import { type Served, serve } from './served.ts';

type Operation = {
  operationId: string;
  summary: string;
  parameters?: { in: string; name: string }[];
  requestBody?: object;
  responses: Record<string, { description: string; content?: object }>;
};

describeOnEachDatabase('the description of the API', (open) => {
  let service: Served;
  let document: { openapi: string; paths: Record<string, Record<string, Operation>> };

  beforeAll(async () => {
    service = await serve(await open());
    document = await service.read('/openapi.json', { key: null });
  });

  const operations = () => Object.values(document.paths).flatMap((methods) => Object.values(methods));

  it('is the golden one', async () => {
    await golden('openapi.json', sortedJson(document).replaceAll(service.url, 'https://feedback.example'));
  });

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(document);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(document.openapi).toBe('3.1.0');
  });

  it('holds every route, each under a name of its own and with a sentence', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path.replace(/\{(\w+)\}/gu, ':$1')}`),
    );
    expect(described.toSorted()).toEqual(service.routes.map(({ method, path }) => `${method} ${path}`).toSorted());
    const names = operations().map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(operations().filter(({ summary }) => !/^[A-Z].*\.$/u.test(summary))).toEqual([]);
  });

  it('says what is sent, what is answered, and what is refused', () => {
    const patch = document.paths['/surveys/{key}']?.patch;
    expect(patch?.parameters).toContainEqual(expect.objectContaining({ in: 'path', name: 'key', required: true }));
    expect(patch?.parameters).toContainEqual(expect.objectContaining({ in: 'header', name: 'Idempotency-Key' }));
    expect(JSON.stringify(patch?.requestBody)).toContain('quietHours');
    expect(Object.keys(patch?.responses ?? {})).toEqual(['200', '400', '401', '403', '404', '409', '422']);
    expect(JSON.stringify(patch?.responses['422'])).toContain('#/components/schemas/Problem');
  });

  it('can be read and tried on a page that loads nothing from elsewhere', async () => {
    const page = await service.call('GET', '/docs', { key: null });
    expect(page.status).toBe(200);
    const loaded = [...String(page.body).matchAll(/(?:src|href)="(?<path>[^"]+)"/gu)].map(({ groups }) => groups?.path);
    expect(loaded).toEqual(['data:,', 'docs/swagger-ui.css', 'docs/swagger-ui-bundle.js', 'docs/start.js']);
    for (const path of loaded.slice(1)) {
      expect(await service.call('GET', `/${path}`, { key: null })).toMatchObject({ status: 200 });
    }
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
  });
});
