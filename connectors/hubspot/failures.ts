import { recordFields } from '../../src/domain/record-fields.ts';
import { type Failure, UpstreamBusy, UpstreamRefused } from '../../src/errors.ts';
import type { Fault } from './fault.ts';
import { nextMidnight } from './midnight.ts';
import { ticketFields } from './ticket-fields.ts';

/** An answer that is not what was asked for. */
export type FailedAnswer = {
  status: number;
  /** What Retry-After says, in milliseconds. */
  retryAfter?: number | undefined;
  fault: Fault;
  /** Whether the call was to change something. */
  writes: boolean;
};

/** Whose call it was. */
export type Caller = {
  now: Date;
  /** The account's, where it is known by now. */
  timeZone: string | undefined;
  /** Whether it came about by consent, so that no token of the operator's is to blame. */
  consented: boolean;
};

/**
 * Who has to act next: https://developers.hubspot.com/docs/api-reference/error-handling
 *
 * Messages carry statuses, HubSpot's own words for kinds of errors, and names of properties and scopes. Its prose may
 * quote what a person wrote, and stays out.
 */
export function failureOf(answer: FailedAnswer, caller: Caller): Failure {
  const { status, fault, retryAfter } = answer;
  const said = describe(status, fault);
  const limit = retryAfter === undefined ? {} : { retryAfter };
  if (status === 429) return overLimit(said, answer, caller);
  // Too much was written at once; the lock lasts two seconds.
  if (status === 423) return new UpstreamBusy(said, { retryAfter: retryAfter ?? 2000 });
  // The account moves between data centres.
  if (status === 477) return new UpstreamBusy(said, limit);
  if (status >= 500) {
    return new UpstreamBusy(said, { ...limit, ...(answer.writes ? { outcome: 'unknown' } : {}), serverFailed: true });
  }
  if (status === 401) {
    return new UpstreamRefused(said, {
      concerns: 'connection',
      remedy: caller.consented
        ? consentWithdrawn
        : 'The access token is wrong or was revoked. Copy the current one from HubSpot into HUBSPOT_ACCESS_TOKEN.',
    });
  }
  if (status === 403) return missingScopes(said, fault);
  return (
    missingProperty(status, fault) ??
    new UpstreamRefused(said, {
      concerns: 'request',
      remedy: "Compare the properties' types, options and validation rules with the README's table.",
    })
  );
}

export const consentWithdrawn =
  'The app was uninstalled in HubSpot, or its consent withdrawn. Connect the account again in the console.';

/** Nothing, unless what is wrong is that properties do not exist: then no write can succeed until they do. */
export function missingProperty(status: number, fault: Fault): UpstreamRefused | undefined {
  if (!fault.codes.includes('PROPERTY_DOESNT_EXIST')) return undefined;
  return new UpstreamRefused(`${describe(status, fault)}: properties do not exist`, {
    concerns: 'connection',
    remedy:
      'Let Scoreback create them again. An archived one of the same name has to be restored or deleted for good first.',
    repairable: true,
  });
}

/** Which of the properties that were written are not there, as far as HubSpot names them; none where nothing is amiss. */
export function absentProperties(fault: Fault, written: ReadonlySet<string>): readonly string[] {
  if (!fault.codes.includes('PROPERTY_DOESNT_EXIST')) return [];
  const told = fault.properties.filter((name) => written.has(name));
  if (told.length > 0) return told;
  return [...new Set(fault.text.match(/[a-z0-9_]+/gu))].filter((word) => written.has(word));
}

/** HubSpot's own words for the kind of a fault, and the properties it is about; for the operator. */
export function describeFault(fault: Fault): string {
  const kinds = [fault.category, ...fault.codes, fault.policy].filter((word) => word !== undefined);
  const told = fault.properties.filter((name) => /^[a-z0-9_]{1,100}$/u.test(name));
  const names = [...new Set(told.length > 0 ? told : oursNamedIn(fault.text))];
  return [
    ...new Set(kinds.filter((word) => /^[A-Z][A-Z0-9_]{1,60}$/u.test(word))),
    ...(names.length > 0 ? [`(${names.join(', ')})`] : []),
  ].join(' ');
}

function describe(status: number, fault: Fault): string {
  return `HubSpot answered ${status} ${describeFault(fault)}`.trimEnd();
}

function missingScopes(said: string, fault: Fault): UpstreamRefused {
  const scopes = scopesNamed(fault);
  if (scopes.length === 0) {
    return new UpstreamRefused(said, {
      concerns: 'connection',
      remedy:
        'Grant the app in HubSpot the scopes that the README lists, then copy its token into HUBSPOT_ACCESS_TOKEN.',
    });
  }
  return new UpstreamRefused(`${said}: missing scopes ${scopes.join(', ')}`, {
    concerns: 'connection',
    remedy: `Add ${scopes.join(', ')} to the app's scopes in HubSpot and install it again.`,
  });
}

/** The scopes that the app lacks, as far as HubSpot names them. */
export function scopesNamed({ scopes }: Fault): readonly string[] {
  return [...new Set(scopes)].filter((scope) => /^[\w.-]{1,100}$/u.test(scope));
}

function oursNamedIn(text: string): string[] {
  const words = new Set(text.match(/[a-z0-9_]+/gu));
  return [...recordFields, ...ticketFields].map(({ key }) => key).filter((key) => words.has(key));
}

/** HubSpot seldom sends Retry-After with a 429; which limit it was tells how long to wait. */
function overLimit(said: string, { fault, retryAfter }: FailedAnswer, { now, timeZone }: Caller): UpstreamBusy {
  const limit = `${fault.policy} ${fault.text}`.toLowerCase();
  if (limit.includes('daily')) return overDailyLimit(said, retryAfter, now, timeZone);
  const secondly = limit.includes('secondly') && !limit.includes('ten_secondly');
  return new UpstreamBusy(said, { retryAfter: retryAfter ?? (secondly ? 1000 : 10_000) });
}

/** The daily limit starts anew at midnight where the account is; it is tried each hour while that is not known. */
function overDailyLimit(
  said: string,
  retryAfter: number | undefined,
  now: Date,
  timeZone: string | undefined,
): UpstreamBusy {
  const midnight = nextMidnight(now, timeZone);
  const wait = retryAfter ?? (midnight ? midnight.getTime() - now.getTime() : 3_600_000);
  const until = new Date(now.getTime() + wait).toISOString();
  return new UpstreamBusy(`${said}: the calls of the account's day are used up, waiting until ${until}`, {
    retryAfter: wait,
  });
}
