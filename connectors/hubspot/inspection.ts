import type { Finding } from '../../src/connector.ts';
import { type Failure, UpstreamRefused } from '../../src/errors.ts';
import type { Answer, Call, HubspotClient } from './client.ts';
import { scopesNamed } from './failures.ts';
import { identity } from './schema.ts';

/** What is not looked into. */
export const anything = identity.partial().catch({});

/** A missing scope or a property that does not fit is something to report, not the end of the connection's work. */
export function inspect<T>(client: HubspotClient, call: Omit<Call<T>, 'tolerates'>): Promise<Answer<T>> {
  return client.ask({ ...call, tolerates: [207, 400, 403, 404, 409] });
}

export function blocked(subject: string, failure: Failure): Finding {
  const remedy = failure instanceof UpstreamRefused ? { remedy: failure.remedy } : {};
  return { subject, state: 'blocked', detail: `${failure.message}.`, ...remedy };
}

/** A finding for each scope that HubSpot says is missing; for `scope` where it does not say which. */
export function scopeFindings({ status, failure, fault }: Answer<unknown>, scope: string): readonly Finding[] {
  if (!failure || status !== 403) return [{ subject: `scope ${scope}`, state: 'fine' }];
  const named = scopesNamed(fault);
  return (named.length > 0 ? named : [scope]).map((missing) => blocked(`scope ${missing}`, failure));
}
