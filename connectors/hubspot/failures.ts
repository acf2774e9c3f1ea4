import { recordFields } from '../../src/model/crm-field-definitions.ts';
import { UpstreamBusy, type UpstreamFailure, UpstreamRefused } from '../../src/model/errors.ts';
import type { FailureMessage, VendorReply } from '../../src/model/messages/failure-message.ts';
import { hourMs } from '../../src/model/time-units.ts';
import type { Fault } from './fault.ts';
import { say, system } from './messages.ts';
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
export function toFailure(answer: FailedAnswer, caller: Caller): UpstreamFailure {
  const { status, fault, retryAfter } = answer;
  const params = answered(status, fault);
  const limit = retryAfter === undefined ? {} : { retryAfter };
  if (status === 429) return overLimit(params, answer, caller);
  // Too much was written at once; the lock lasts two seconds.
  if (status === 423) return new UpstreamBusy({ code: 'upstream.locked', params }, { retryAfter: retryAfter ?? 2000 });
  // The account moves between data centres.
  if (status === 477) return new UpstreamBusy(say({ code: 'hubspot.moving', params }), limit);
  if (status >= 500) {
    const outcome = answer.writes ? ({ outcome: 'unknown' } as const) : {};
    return new UpstreamBusy({ code: 'upstream.server_failed', params }, { ...limit, ...outcome, serverFailed: true });
  }
  if (status === 401) {
    const setting = 'HUBSPOT_ACCESS_TOKEN';
    const why = caller.consented
      ? consentWithdrawn
      : say({ code: 'hubspot.token_refused', params: { ...params, setting } });
    return new UpstreamRefused(why, { concerns: 'connection' });
  }
  if (status === 403) return missingScopes(params, fault);
  return (
    missingProperty(status, fault) ??
    new UpstreamRefused(say({ code: 'hubspot.properties_refused', params }), { concerns: 'request' })
  );
}

export const consentWithdrawn: FailureMessage = say({ code: 'hubspot.consent_withdrawn', params: {} });

/** Nothing, unless what is wrong is that properties do not exist: then no write can succeed until they do. */
export function missingProperty(status: number, fault: Fault): UpstreamRefused | undefined {
  if (!fault.codes.includes('PROPERTY_DOESNT_EXIST')) return undefined;
  const why = say({ code: 'hubspot.properties_missing', params: answered(status, fault) });
  return new UpstreamRefused(why, { concerns: 'connection', repairable: true });
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

function answered(status: number, fault: Fault): VendorReply {
  return { system, status, said: describeFault(fault) };
}

function missingScopes(params: VendorReply, fault: Fault): UpstreamRefused {
  const scopes = scopesNamed(fault);
  const why =
    scopes.length === 0
      ? say({ code: 'hubspot.forbidden', params: { ...params, setting: 'HUBSPOT_ACCESS_TOKEN' } })
      : say({ code: 'hubspot.scopes_missing', params: { ...params, scopes } });
  return new UpstreamRefused(why, { concerns: 'connection' });
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
function overLimit(params: VendorReply, { fault, retryAfter }: FailedAnswer, { now, timeZone }: Caller): UpstreamBusy {
  const limit = `${fault.policy} ${fault.text}`.toLowerCase();
  if (limit.includes('daily')) return overDailyLimit(params, retryAfter, now, timeZone);
  const secondly = limit.includes('secondly') && !limit.includes('ten_secondly');
  return new UpstreamBusy(
    { code: 'upstream.throttled', params },
    { retryAfter: retryAfter ?? (secondly ? 1000 : 10_000) },
  );
}

/** The daily limit starts anew at midnight where the account is; it is tried each hour while that is not known. */
function overDailyLimit(
  params: VendorReply,
  retryAfter: number | undefined,
  now: Date,
  timeZone: string | undefined,
): UpstreamBusy {
  const midnight = nextMidnight(now, timeZone);
  const wait = retryAfter ?? (midnight ? midnight.getTime() - now.getTime() : hourMs);
  const until = new Date(now.getTime() + wait).toISOString();
  return new UpstreamBusy(say({ code: 'hubspot.daily_limit', params: { ...params, until } }), { retryAfter: wait });
}
