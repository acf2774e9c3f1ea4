import type { Finding } from '../../src/connector.ts';
import { plainFinding, refusedFinding } from '../../src/model/messages/finding.ts';
import type { Answer, Call, HubspotClient } from './client.ts';
import { scopesNamed } from './failures.ts';
import { identity } from './schema.ts';

/** What is not looked into. */
export const anything = identity.partial().catch({});

/** A missing scope or a property that does not fit is something to report, not the end of the connection's work. */
export function inspect<T>(client: HubspotClient, call: Omit<Call<T>, 'tolerates'>): Promise<Answer<T>> {
  return client.ask({ ...call, tolerates: [207, 400, 403, 404, 409] });
}

/** A finding for each scope that HubSpot says is missing; for `scope` where it does not say which. */
export function scopeFindings({ status, failure, fault }: Answer<unknown>, scope: string): readonly Finding[] {
  const about = (right: string) => ({ kind: 'right', right }) as const;
  if (!failure || status !== 403) return [plainFinding(about(scope), 'fine')];
  const named = scopesNamed(fault);
  return (named.length > 0 ? named : [scope]).map((missing) => refusedFinding(about(missing), failure.why));
}
