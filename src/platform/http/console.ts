import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Router } from 'express';
import sirv from 'sirv';

/** Where `npm run build` puts it. */
const folder = join(import.meta.dirname, '..', '..', '..', 'dist', 'console');

/** What the console's pages may do: run what came with them, and talk to us. Its styles are partly made as it runs. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: https:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The console: its files, and for every other address that a browser goes to its one page, which knows what stands
 * there. What asks for anything else than a page is left to whoever comes after.
 */
export function consoleRoutes(): Router {
  const router = express.Router();
  if (!existsSync(join(folder, 'index.html'))) {
    router.get('/', (_request, response) => {
      response.status(503).type('text').send('The console is not built. Run `npm run build`, then start again.\n');
    });
    return router;
  }
  router.get(
    // The page itself is sent below, with what it may do.
    /\.\w+$/u,
    sirv(folder, {
      // Looked up anew each time: a file that was built anew meanwhile must not be sent as it was.
      dev: true,
      etag: true,
      gzip: true,
      brotli: true,
      setHeaders: (response, path) => {
        // A file under `assets` has another name when anything in it is another.
        if (path.startsWith('/assets/')) response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
      },
    }),
  );
  router.get('/{*place}', (request, response, next) => {
    const isVisit = request.accepts(['json', 'html']) === 'html';
    if (!isVisit || reserved.test(request.path)) {
      next();
      return;
    }
    response
      .set({ 'Content-Security-Policy': contentSecurityPolicy, 'Cache-Control': 'no-cache' })
      .sendFile(join(folder, 'index.html'));
  });
  return router;
}

/** Addresses under which no page of the console stands. */
const reserved =
  /^\/(?:api|webhooks|s|u|about|oauth|actions|panel|sandbox|healthz|readyz|metrics|assets)(?:\/|$)|\.\w+$/u;
