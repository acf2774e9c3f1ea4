import { z } from 'zod';
import { type Failure, UpstreamBusy, UpstreamRefused } from '../../src/errors.ts';

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
export function failureOf({ status, content, retryAfter, writes, isOurs }: FailedAnswer): Failure {
  const { code, errors } = fault.parse(content);
  const said = describe(status, code, errors);
  const wait = retryAfter === undefined ? {} : { retryAfter };
  if (status === 429) return new UpstreamBusy(said, wait);
  if (status >= 500) {
    return new UpstreamBusy(said, { ...wait, ...(writes ? { outcome: 'unknown' } : {}), serverFailed: true });
  }
  if (status === 401) {
    return new UpstreamRefused(said, {
      concerns: 'connection',
      remedy: 'The API key is wrong or was reset. Copy the current one from its profile settings to FRESHDESK_API_KEY.',
    });
  }
  if (status === 403) {
    return new UpstreamRefused(said, {
      concerns: 'connection',
      remedy: 'Take the API key of an admin who sees all tickets, and check that the account is not suspended.',
    });
  }
  if (status < 400) {
    return new UpstreamRefused(said, {
      concerns: 'connection',
      remedy:
        'Check FRESHDESK_DOMAIN: the API answers at the first address of the account alone, not at its own domain.',
    });
  }
  const unknown = errors.some((error) => error.code === 'invalid_field' && isOurs(bare(error.field)));
  if (unknown) {
    return new UpstreamRefused(`${said}: contact fields do not exist`, {
      concerns: 'connection',
      remedy: 'Let Scoreback create them again; whoever deleted them should know that their values went with them.',
      repairable: true,
    });
  }
  return new UpstreamRefused(said, {
    concerns: 'request',
    remedy: "Compare the named contact fields' types, choices and being mandatory with the README's table.",
  });
}

type FieldError = { field?: string | undefined; code?: string | undefined };

function describe(status: number, code: string | undefined, errors: readonly FieldError[]): string {
  const told = errors.map((error) => [bare(error.field), error.code].flatMap((text) => safe(text) ?? []).join(' '));
  return [`Freshdesk answered ${status}`, safe(code), [...new Set(told)].filter(Boolean).join(', ')]
    .filter(Boolean)
    .join(' ');
}

function bare(field = ''): string {
  return field.replace(/^custom_fields\./u, '');
}

function safe(text: string | undefined): string | undefined {
  return text !== undefined && /^[a-z][a-z0-9_.]{0,80}$/u.test(text) ? text : undefined;
}
