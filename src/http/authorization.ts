import express, { type Request, type Router } from 'express';
import { html } from '../domain/markup.ts';
import { InvalidInput } from '../errors.ts';
import { acceptConsent, askConsent } from '../flows/connecting/authorize.ts';
import type { Context } from '../flows/context.ts';

const cookie = 'scoreback_consent';

/** The admin's way to a vendor's consent and back; begun by `POST /api/authorizations`. */
export function authorizationRoutes(context: Context, publicUrl: string): Router {
  const router = express.Router();
  const redirectUrl = (connector: string) => `${publicUrl}/oauth/${connector}/callback`;

  router.get('/oauth/:connector', (request, response) => {
    const { connector } = request.params;
    const begin = String(request.query.begin ?? '');
    const { url, session } = askConsent(context, connector, { begin, redirectUrl: redirectUrl(connector) });
    response.cookie(cookie, session, {
      httpOnly: true,
      // The vendor sends the browser back from another site.
      sameSite: 'lax',
      secure: publicUrl.startsWith('https:'),
      path: `/oauth/${connector}`,
      maxAge: 10 * 60_000,
    });
    response.redirect(303, url);
  });

  router.get('/oauth/:connector/callback', async (request, response) => {
    const { connector } = request.params;
    const { state, code, error } = request.query;
    if (typeof error === 'string')
      throw new InvalidInput('the consent was declined: begin again if that was a mistake');
    if (typeof state !== 'string' || typeof code !== 'string') {
      throw new InvalidInput('the vendor sent no code: begin again');
    }
    const session = sessionOf(request);
    const live = await acceptConsent(context, connector, { state, code, session, redirectUrl: redirectUrl(connector) });
    response.clearCookie(cookie, { path: `/oauth/${connector}` });
    const { title } = live.connector;
    const page = html`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} is connected</title>
<h1>${title} is connected</h1>
<p>Account ${live.account ?? ''}. Its fields and webhooks are being set up now.</p>
<p><a href="${publicUrl}/connections/${live.id}">See how it goes</a>, or close this page.</p>
</html>`;
    response.type('html').send(page.markup);
  });

  return router;
}

function sessionOf(request: Request): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === cookie)?.[1];
}
