import { z } from 'zod';
import { fieldIssue } from '../src/model/field-problems.ts';

/** An address under which everything of ours stands: http(s), perhaps with a path, without a slash at the end. */
export const publicUrl = z
  .string()
  .superRefine((text, context) => {
    const wrong = problemOf(text);
    if (wrong !== undefined) context.addIssue({ code: 'custom', ...fieldIssue(wrong) });
  })
  .transform((text) => text.replace(/\/+$/u, ''));

function problemOf(text: string): 'field.http_url' | 'field.url_credentials' | 'field.url_query' | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/u.test(url.protocol)) return 'field.http_url';
  if (url.username !== '' || url.password !== '') return 'field.url_credentials';
  if (/[?#]/u.test(text)) return 'field.url_query';
  return undefined;
}

/**
 * The address that works on this machine when nobody named a public one. It is written in numbers, because `localhost`
 * may mean an IPv6 address on which nobody listens.
 */
export function localUrl(host: string, port: number): string {
  const listensEverywhere = host === '0.0.0.0' || host === '::';
  const name = listensEverywhere ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Whether other machines can reach what listens at this address. */
export function listensToOthers(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || !isLocal(localUrl(host, 80));
}

/** Whether only this machine can open it. */
export function isLocal(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./u.test(hostname)
  );
}
