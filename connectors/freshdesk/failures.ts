import { z } from 'zod';
import { UpstreamBusy, type UpstreamFailure, UpstreamRefused } from '../../src/model/errors.ts';
import { say, system } from './messages.ts';

/** An answer that is not what was asked for. */
export type FailedAnswer = {
  status: number;
  /** The body, parsed; absent where it was none, or not JSON. */
  content: unknown;
  /** What Retry-After says, in milliseconds. */
  retryAfter: number | undefined;
  /** Whether the call was to change something. */
  writes: boolean;
  /** Whether a contact field of this name is one of ours. */
  isOurs(name: string): boolean;
};

const word = z.string().optional().catch(undefined);

/** A refused request lists what is wrong by field; a refused caller is told one code. */
const fault = z
  .object({ code: word, errors: z.array(z.object({ field: word, code: word })).catch([]) })
  .catch({ errors: [] });

/**
 * Who has to act next: https://developers.freshdesk.com/api/#error
 *
 * Messages carry statuses, Freshdesk's codes and names of fields. Its prose quotes what was sent, and stays out.
 */
export function toFailure({ status, content, retryAfter, writes, isOurs }: FailedAnswer): UpstreamFailure {
  const { code, errors } = fault.parse(content);
  const params = { system, status, said: describe(code, errors) };
  const wait = retryAfter === undefined ? {} : { retryAfter };
  if (status === 429) return new UpstreamBusy({ code: 'upstream.throttled', params }, wait);
  if (status >= 500) {
    const outcome = writes ? ({ outcome: 'unknown' } as const) : {};
    return new UpstreamBusy({ code: 'upstream.server_failed', params }, { ...wait, ...outcome, serverFailed: true });
  }
  if (status === 401) {
    const why = say({ code: 'freshdesk.key_refused', params: { ...params, setting: 'FRESHDESK_API_KEY' } });
    return new UpstreamRefused(why, { concerns: 'connection' });
  }
  if (status === 403) {
    return new UpstreamRefused(say({ code: 'freshdesk.forbidden', params }), { concerns: 'connection' });
  }
  if (status < 400) {
    const why = say({ code: 'freshdesk.redirected', params: { ...params, setting: 'FRESHDESK_DOMAIN' } });
    return new UpstreamRefused(why, { concerns: 'connection' });
  }
  const unknown = errors.some((error) => error.code === 'invalid_field' && isOurs(bare(error.field)));
  if (unknown) {
    const why = say({ code: 'freshdesk.fields_missing', params });
    return new UpstreamRefused(why, { concerns: 'connection', repairable: true });
  }
  return new UpstreamRefused(say({ code: 'freshdesk.fields_refused', params }), { concerns: 'request' });
}

type FieldError = { field?: string | undefined; code?: string | undefined };

function describe(code: string | undefined, errors: readonly FieldError[]): string {
  const told = errors.map((error) => [bare(error.field), error.code].flatMap((text) => safe(text) ?? []).join(' '));
  return [safe(code), [...new Set(told)].filter(Boolean).join(', ')].filter(Boolean).join(' ');
}

function bare(field = ''): string {
  return field.replace(/^custom_fields\./u, '');
}

function safe(text: string | undefined): string | undefined {
  return text !== undefined && /^[a-z][a-z0-9_.]{0,80}$/u.test(text) ? text : undefined;
}
