import { z } from 'zod';
import { recordFields } from '../../src/model/crm-field-definitions.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import type { FailureMessage, VendorReply } from '../../src/model/messages/failure-message.ts';
import { say, system } from './messages.ts';
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
    const params = { system, status, said: route };
    throw new UpstreamBusy({ code: 'upstream.unreadable', params }, { outcome: unknownOutcome });
  }

  const said = saidOf(answer);
  const params = { system, status, said: [route, said].filter(Boolean).join(' ') };
  const retryAfter = retryAfterOf(answer.headers);
  const wait = retryAfter === undefined ? {} : { retryAfter };

  if (status === 429) {
    // Full of jobs is not out of calls: reading goes on, and finishes some of them.
    const ofThisCall = concerns === 'request' || /TooManyJobs/iu.test(said);
    throw new UpstreamBusy(
      { code: 'upstream.throttled', params },
      { ...wait, concerns: ofThisCall ? 'request' : 'connection' },
    );
  }
  if (status === 409 || status === 423) {
    throw new UpstreamBusy({ code: 'upstream.locked', params }, { ...wait, concerns: 'request' });
  }
  const failed: FailureMessage = { code: 'upstream.server_failed', params };
  if (status === 503 && retryAfter !== undefined) throw new UpstreamBusy(failed, wait);
  if (status === 408 || status >= 500) {
    throw new UpstreamBusy(failed, { ...wait, outcome: unknownOutcome, serverFailed: status >= 500 });
  }
  throw refusal(answer, params, concerns);
}

const addresses = ['ZENDESK_SUBDOMAIN', 'ZENDESK_BASE_URL'];

function refusal(
  { status, content }: Answer,
  params: VendorReply,
  concerns: 'connection' | 'request',
): UpstreamRefused {
  if (status === 401) {
    return new UpstreamRefused(say({ code: 'zendesk.credentials_refused', params }), { concerns: 'connection' });
  }
  if (status === 403) return new UpstreamRefused(say({ code: 'zendesk.forbidden', params }), { concerns });
  const named = { ...params, settings: addresses };
  if (status < 400) {
    return new UpstreamRefused(say({ code: 'zendesk.redirected', params: named }), { concerns: 'connection' });
  }
  if (status === 404) {
    return new UpstreamRefused(say({ code: 'zendesk.not_there', params: named }), { concerns: 'request' });
  }
  const fields = Object.keys(errorBody.parse(content).details);
  return new UpstreamRefused(say({ code: 'zendesk.fields_refused', params }), {
    concerns: 'request',
    repairable: recordFields.some(({ key }) => fields.some((field) => field.endsWith(key))),
  });
}

/** The error code and the fields it is about. Descriptions stay out: they quote what was sent. */
function saidOf({ content }: Answer): string {
  const { error, details } = errorBody.parse(content);
  const code = safe(error, /^[a-z][a-z' ]{1,50}$/iu);
  const fields = Object.entries(details).flatMap(([field, problems]) => {
    const name = safe(field, /^[\w.]{1,80}$/u);
    return name === undefined ? [] : [[name, ...codesOf(problems)].join(' ')];
  });
  return [code, ...(fields.length > 0 ? [`(${fields.join(', ')})`] : [])].filter(Boolean).join(' ');
}

function codesOf(problems: unknown): string[] {
  const coded = z.array(z.object({ error: z.string() })).safeParse(problems);
  return coded.success ? coded.data.flatMap(({ error }) => safe(error, /^\w{1,50}$/u) ?? []) : [];
}

function safe(text: string, shape: RegExp): string | undefined {
  return shape.test(text) ? text : undefined;
}
