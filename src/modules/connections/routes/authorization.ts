import express, { type Request, type Router } from 'express';
import { BadRequest } from '../../../model/errors.ts';
import { minuteMs } from '../../../model/time-units.ts';
import { html } from '../../../platform/http/markup.ts';
import type { Access } from '../../accounts/index.ts';
import { acceptConsent, askConsent } from '../authorize.ts';
import type { ConnectionsContext } from '../context.ts';

const cookie = 'scoreback_consent';

/** The admin's way to a vendor's consent and back; begun by `POST /api/authorizations`. */
export function authorizationRoutes(
  context: ConnectionsContext,
  { publicUrl, access }: { publicUrl: string; access: Pick<Access, 'findSignedIn'> },
): Router {
  const router = express.Router();
  const visitorOf = async ({ headers }: Request) => ({ userId: (await access.findSignedIn(headers))?.id });
  const redirectUrl = (connector: string) => `${publicUrl}/oauth/${connector}/callback`;

  // A link may come from anybody: before the vendor asks, the page says into whose hands the account would come.
  router.get('/oauth/:connector', async (request, response) => {
    const { connector } = request.params;
    const begin = String(request.query.begin ?? '');
    const asked = await askConsent(context, connector, {
      begin,
      redirectUrl: redirectUrl(connector),
      ...(await visitorOf(request)),
    });
    const { url, session, workspace } = asked;
    response.cookie(cookie, session, {
      httpOnly: true,
      // The vendor sends the browser back from another site.
      sameSite: 'lax',
      secure: publicUrl.startsWith('https:'),
      path: `/oauth/${connector}`,
      maxAge: 10 * minuteMs,
    });
    const title = context.offers.find((offer) => offer.connector.name === connector)?.connector.title ?? connector;
    const page = html`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Connect ${title}</title>
<h1>Connect ${title} to the workspace “${workspace}”</h1>
<p>This service at ${publicUrl} will read contacts and tickets of the account that you allow, and write survey answers to its contacts. Everybody in the workspace “${workspace}” can see them. Close this page if you do not know that workspace.</p>
<p><a href="${url}">Continue to ${title}</a></p>
</html>`;
    response.set('Cache-Control', 'no-store').type('html').send(page.markup);
  });

  router.get('/oauth/:connector/callback', async (request, response) => {
    const { connector } = request.params;
    const { state, code, error } = request.query;
    if (typeof error === 'string') throw new BadRequest({ code: 'consent_declined', params: {} });
    if (typeof state !== 'string' || typeof code !== 'string') {
      throw new BadRequest({ code: 'consent_without_code', params: {} });
    }
    const session = sessionOf(request);
    const live = await acceptConsent(context, connector, {
      state,
      code,
      session,
      redirectUrl: redirectUrl(connector),
      ...(await visitorOf(request)),
    });
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
