import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Client } from '../client.ts';
import type { ResponsesContext } from '../context.ts';
import { findProgram } from '../evidence/programs.ts';

/** Holds a random number and nothing else: it tells one browser from another while it is open. */
const cookie = 'visitor';

/** Where the links of an email lead to that leave evidence. */
const linkPaths = ['/s', '/about'] as const;

/**
 * Who opens a link: a browser that is new gets its cookie.
 *
 * @param publicUrl says under which path a browser sees us, and whether it does so by https
 */
export function metClient(context: ResponsesContext, request: Request, response: Response, publicUrl: string): Client {
  const client = knownClient(context, request);
  return { ...client, visitor: client.visitor ?? greet(response, publicUrl) };
}

/** Who sends something. Address and program are kept as a keyed hash only. */
export function knownClient({ networkHashes }: ResponsesContext, request: Request): Client {
  const agent = request.get('user-agent');
  return {
    visitor: readVisitor(request) ?? null,
    network: networkHashes.of(request.ip ?? '', agent ?? ''),
    scanner: findProgram(agent) ?? null,
  };
}

function readVisitor(request: Request): string | undefined {
  return /(?:^|;\s*)visitor=([\w-]{22})(?:;|$)/u.exec(request.get('cookie') ?? '')?.[1];
}

function greet(response: Response, publicUrl: string): string {
  const { protocol, pathname } = new URL(publicUrl);
  const visitor = randomBytes(16).toString('base64url');
  for (const linkPath of linkPaths) {
    const path = pathname.replace(/\/$/u, '') + linkPath;
    response.cookie(cookie, visitor, { path, httpOnly: true, sameSite: 'lax', secure: protocol === 'https:' });
  }
  return visitor;
}

/**
 * Whether nobody sees what comes back: of a browser that fetches ahead, too.
 *
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Purpose
 */
export function isAhead(request: Request): boolean {
  const purposes = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].map((name) => request.get(name) ?? '');
  return request.method === 'HEAD' || purposes.some((purpose) => /prefetch|prerender|preview/iu.test(purpose));
}
