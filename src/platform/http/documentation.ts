import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import express, { type Router } from 'express';
import type { Route } from './route.ts';

const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Scoreback API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</html>
`;

const start = `SwaggerUIBundle({ url: 'openapi.json', dom_id: '#swagger-ui', deepLinking: true, persistAuthorization: false });
`;

/** `GET /api/openapi.json`, and `GET /api/docs` to read and try it; everything is served from here. */
export function documentationRoutes(routes: readonly Route[], publicUrl: string): Router {
  const router = express.Router();
  let description: object | undefined;
  router.get('/openapi.json', async (_request, response) => {
    const { describeApi } = await import('./description.ts');
    description ??= describeApi(routes, publicUrl);
    response.json(description);
  });
  router.get('/docs', (_request, response) => {
    response.type('html').send(page);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('js').send(start);
  });
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    router.get(`/docs/${file}`, (_request, response) => {
      response.sendFile(join(swaggerUi, file), { maxAge: '1d' });
    });
  }
  return router;
}
