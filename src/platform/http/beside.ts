import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Router } from 'express';
import type { Identification } from './caller.ts';
import { html } from './markup.ts';
import { renderWebPage } from './web-page.ts';

/** The sandbox, as it stands beside our own routes at `/sandbox`. */
export type ExtraHandler = {
  /** Takes requests with `/sandbox` taken off their path. */
  handler(request: IncomingMessage, response: ServerResponse, viewer: { seesAccountEmails: boolean }): unknown;
  /** First parts of paths that the service itself calls with keys of their own: the simulated vendors. */
  vendors: ReadonlySet<string>;
  /**
   * Whether other machines reach the service, so that its pages, inbox and controls are for those who work here. What
   * a proxy hands on comes from another machine in any case.
   */
  isExposed: boolean;
};

type Guarded = { publicUrl: string; access: Pick<Identification, 'identify' | 'opensSetup' | 'isOurs'> };

/** Names by which a browser on this machine reaches it. */
const local = ['localhost', '127.0.0.1', '[::1]'];

/** A proxy leaves one of these; a browser on this machine sends none, and no page can make it. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via', 'cf-connecting-ip'];

const cookie = 'scoreback_sandbox';

const policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'self'";

/**
 * Mounts the sandbox at `/sandbox`. Only those who reached it by its own name get in: a page of somebody else's whose
 * name was made to lead here (DNS rebinding) names itself as `Host`, and is answered 421. Where other machines reach
 * it, its pages take a sign-in, an API key, or the token of the setup link while there is no account; everybody else
 * is answered 401 with a form for that token. A proxy in front of a service that listens to this machine alone may
 * write a local name as `Host`, so what carries a proxy's header is taken for what it is: from outside. An email about an account opens that account, so there only an owner
 * reads those.
 */
export function besideRoutes({ handler, vendors, isExposed }: ExtraHandler, { publicUrl, access }: Guarded): Router {
  const names = new Set([...local, new URL(publicUrl).hostname]);
  const home = `${new URL(publicUrl).pathname.replace(/\/$/u, '')}/sandbox`;
  const router = express.Router();

  router.use((request, response, next) => {
    response.set('X-Content-Type-Options', 'nosniff').set('Content-Security-Policy', "frame-ancestors 'self'");
    if (names.has(URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? '')) return next();
    response.status(421).type('text').send('This name is not one of this service. Open it at PUBLIC_URL.\n');
  });

  const isFromOutside = ({ headers }: IncomingMessage) =>
    isExposed || proxyHeaders.some((name) => headers[name] !== undefined);

  router.post('/enter', express.urlencoded({ extended: false, limit: '10kb' }), async (request, response) => {
    const token = tokenIn(String(request.body?.token ?? ''));
    if (!(await access.opensSetup(token))) return askForToken(response, home, 'This is not the setup link.');
    response.cookie(cookie, token, {
      httpOnly: true,
      sameSite: 'strict',
      secure: publicUrl.startsWith('https:'),
      path: home,
    });
    response.redirect(303, `${home}/`);
  });

  router.use(async (request, response) => {
    const [, first = ''] = (request.url.split('?', 1)[0] ?? '').split('/');
    const isOpen = !isFromOutside(request);
    if (isOpen || vendors.has(first)) return handler(request, response, { seesAccountEmails: isOpen });
    const caller = await access.identify(request.headers);
    const isSetup = !caller && (await access.opensSetup(cookieIn(request.headers.cookie)));
    if (!caller && !isSetup) return askForToken(response, home);
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    const isForeign = changes && request.headers.origin !== undefined && !access.isOurs(request.headers.origin);
    if (isForeign) return response.status(403).type('text').send('Send this from a page of this service.\n');
    const isOwner = caller?.user?.role === 'owner' || caller?.actor === 'environment';
    return handler(request, response, { seesAccountEmails: isSetup || isOwner });
  });
  return router;
}

function askForToken(response: express.Response, home: string, problem?: string): void {
  const main = html`<h1>This sandbox can be reached by others</h1>
<p>${problem}</p>
<p><a href="${home.replace(/sandbox$/u, '')}">Sign in</a> first. While there is no account yet, paste the setup link that the service prints when it starts.</p>
<form method="post" action="${home}/enter">
<label>Setup link <input name="token" type="password" autocomplete="off" required></label>
<button>Open the sandbox</button>
</form>`;
  response
    .status(401)
    .set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' })
    .type('html')
    .send(renderWebPage({ language: { tag: 'en', direction: 'ltr' }, title: 'Sandbox', style, main }));
}

const style =
  'body { font: 1rem/1.5 system-ui, sans-serif; } main { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }';

/** Of the whole link, or the token alone. */
function tokenIn(pasted: string): string {
  return pasted.trim().replace(/^.*token=/u, '');
}

function cookieIn(header = ''): string {
  const pairs = header.split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([name]) => name === cookie)?.[1] ?? '';
}
