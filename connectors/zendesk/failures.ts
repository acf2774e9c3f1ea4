import { z } from 'zod';
import { recordFields } from '../../src/domain/record-fields.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/errors.ts';
import type { Answer } from './transport.ts';

/** Zendesk gives `error` as a string or as an object, and `details` only with some refusals. */
const errorBody = z
  .object({
    error: z.union([z.string(), z.object({ title: z.string() }).transform((error) => error.title)]).catch(''),
    details: z.record(z.string(), z.unknown()).catch({}),
  })
  .catch({ error: '', details: {} });

/** In milliseconds. Zendesk gives seconds. */
function retryAfterOf(headers: Headers): number | undefined {
  const seconds = Number.parseFloat(headers.get('retry-after') ?? '');
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1000) : undefined;
}

/**
 * Passes an answer of 2xx that can be read, and throws what any other means for us.
 *
 * @param request `concerns` says how far it reaches when Zendesk forbids this call or throttles it
 * @throws UpstreamBusy
 * @throws UpstreamRefused
 */
export function verifyAnswer(
  answer: Answer,
  request: { route: string; writes: boolean; concerns: 'connection' | 'request' },
): void {
  const { status } = answer;
  const { route, writes, concerns } = request;
  const unknownOutcome = writes ? 'unknown' : 'not_done';
  if (status >= 200 && status < 300) {
    if (!answer.unreadable) return;
    throw new UpstreamBusy(`${route} was answered ${status} with something that is not JSON`, {
      outcome: unknownOutcome,
    });
  }

  const reason = reasonOf(answer);
  const retryAfter = retryAfterOf(answer.headers);
  const wait = retryAfter === undefined ? {} : { retryAfter };

  if (status === 429) {
    // Full of jobs is not out of calls: reading goes on, and finishes some of them.
    const ofThisCall = concerns === 'request' || /TooManyJobs/iu.test(reason);
    throw new UpstreamBusy(`${route} was throttled: ${reason}`, {
      ...wait,
      concerns: ofThisCall ? 'request' : 'connection',
    });
  }
  if (status === 409 || status === 423) throw new UpstreamBusy(`${route}: ${reason}`, { ...wait, concerns: 'request' });
  if (status === 503 && retryAfter !== undefined) throw new UpstreamBusy(`${route}: ${reason}`, wait);
  if (status === 408 || status >= 500)
    throw new UpstreamBusy(`${route}: ${reason}`, { ...wait, outcome: unknownOutcome, serverFailed: status >= 500 });

  throw refusal(answer, { route, reason, concerns });
}

function refusal(
  { status, content }: Answer,
  { route, reason, concerns }: { route: string; reason: string; concerns: 'connection' | 'request' },
): UpstreamRefused {
  if (status === 401)
    return new UpstreamRefused(`Zendesk does not accept our credentials: ${reason}`, {
      concerns: 'connection',
      remedy:
        'Check the OAuth client and its secret (or the API token, which may have been deleted or have ended) in Admin Center › Apps and integrations › APIs.',
    });
  if (status === 403)
    return new UpstreamRefused(`${route} is forbidden: ${reason}`, {
      concerns,
      remedy: 'Let an admin own the OAuth client or API token, and let the client have the scopes read and write.',
    });
  if (status < 400)
    return new UpstreamRefused(`${route} was answered with a redirection: ${reason}`, {
      concerns: 'connection',
      remedy: 'Check ZENDESK_SUBDOMAIN and ZENDESK_BASE_URL: the account may have been renamed.',
    });
  if (status === 404)
    return new UpstreamRefused(`${route} does not exist: ${reason}`, {
      concerns: 'request',
      remedy: 'Check ZENDESK_SUBDOMAIN and ZENDESK_BASE_URL.',
    });
  const fields = Object.keys(errorBody.parse(content).details);
  return new UpstreamRefused(`${route}: ${reason}`, {
    concerns: 'request',
    remedy: 'Compare the named fields in Zendesk with what this connection reports about them.',
    repairable: recordFields.some(({ key }) => fields.some((field) => field.endsWith(key))),
  });
}

/** Status, error code and the fields it is about. Descriptions stay out: they quote what was sent. */
function reasonOf({ status, content }: Answer): string {
  const { error, details } = errorBody.parse(content);
  const code = safe(error, /^[a-z][a-z' ]{1,50}$/iu);
  const fields = Object.entries(details).flatMap(([field, problems]) => {
    const name = safe(field, /^[\w.]{1,80}$/u);
    return name === undefined ? [] : [[name, ...codesOf(problems)].join(' ')];
  });
  return [String(status), code, ...(fields.length > 0 ? [`(${fields.join(', ')})`] : [])].filter(Boolean).join(' ');
}

function codesOf(problems: unknown): string[] {
  const coded = z.array(z.object({ error: z.string() })).safeParse(problems);
  return coded.success ? coded.data.flatMap(({ error }) => safe(error, /^\w{1,50}$/u) ?? []) : [];
}

function safe(text: string, shape: RegExp): string | undefined {
  return shape.test(text) ? text : undefined;
}
