import type { RequestHandler } from 'express';

/** Names by which a browser on this machine reaches it. */
const local = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Before what stands beside our own routes, the sandbox: only those who reached it by its own name get in. A page of
 * somebody else's whose name was made to lead here (DNS rebinding) names itself as `Host`, and is answered 421.
 */
export function guardBeside(publicUrl: string): RequestHandler {
  const names = new Set([...local, new URL(publicUrl).hostname]);
  return (request, response, next) => {
    response.set('X-Content-Type-Options', 'nosniff').set('Content-Security-Policy', "frame-ancestors 'self'");
    if (names.has(URL.parse(`http://${request.headers.host ?? ''}`)?.hostname ?? '')) return next();
    response.status(421).type('text').send('This name is not one of this service. Open it at PUBLIC_URL.\n');
  };
}
