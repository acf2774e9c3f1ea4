import { readdirSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleRoutes } from './console.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'dist', 'console');

/** What a browser says it would like when somebody goes somewhere. */
const visit = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

describe('the console', () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = createServer(express().use(consoleRoutes()));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const page = async (path: string, headers: Record<string, string> = visit) => {
    const response = await fetch(base + path, { headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it.each(['/', '/responses', '/contacts/1f0e?sort=-rating', '/surveys/after-ticket'])(
    'has one page, at %s too',
    async (path) => {
      const { status, headers, text } = await page(path);
      expect(status).toBe(200);
      expect(text).toContain('<div id="root">');
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('cache-control')).toBe('no-cache');
    },
  );

  it.each(['/api/nothing', '/s/none', '/u/none', '/webhooks/none', '/assets/none.js', '/icon.png'])(
    'has nothing at %s',
    async (path) => {
      expect((await page(path)).status).toBe(404);
    },
  );

  it('leaves whoever wants no page to the others', async () => {
    expect((await page('/responses', { accept: 'application/json' })).status).toBe(404);
  });

  it('sends its files compressed, and lets browsers keep them', async () => {
    const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/u.exec((await page('/')).text) ?? [];
    const { status, headers } = await page(script, { 'accept-encoding': 'br' });
    expect(status).toBe(200);
    expect(headers.get('content-encoding')).toBe('br');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('is light enough to start on a phone: what every page needs is under 400 kB', async () => {
    const { text } = await page('/');
    const needed = [...text.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/gu)].map(([, path = '']) => path);
    expect(needed.length).toBeGreaterThan(1);
    const sizes = needed.map((path) => statSync(join(folder, `${path}.br`)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
    // Nothing that one page needs alone is much larger than all that they share.
    const largest = Math.max(
      ...readdirSync(join(folder, 'assets'))
        .filter((name) => name.endsWith('.js.br'))
        .map((name) => statSync(join(folder, 'assets', name)).size),
    );
    expect(largest).toBeLessThan(250_000);
  });
});
