import { expect } from 'vitest';
import type { Authorization } from '../../src/connector.ts';
import type { Meeting } from './on-simulators.ts';
import { claimed } from './question.ts';
import { witnessingTools } from './tools.ts';

export const redirectUrl = 'https://feedback.example.com/oauth/callback';

/** What the browser of an admin who consents brings back; the vendor's simulator consents at once. */
export async function consent(address: string): Promise<{ code: string; state: string | null }> {
  const response = await fetch(address, { redirect: 'manual' });
  const back = new URL(response.headers.get('location') ?? expect.unreachable());
  expect(back.href).toContain(redirectUrl);
  return { code: back.searchParams.get('code') ?? expect.unreachable(), state: back.searchParams.get('state') };
}

/** What the connector offers with the simulator's settings. */
export function requireAuthorization({ connector, simulator, clock }: Meeting): Authorization {
  return claimed(
    connector.authorization?.(connector.settings.parse(simulator.environment), { clock, send: witnessingTools().send }),
  );
}

/** A connection that came about by consent, and what is kept of it. */
export async function connectByConsent(meeting: Meeting) {
  const authorization = requireAuthorization(meeting);
  const { code } = await consent(authorization.url({ redirectUrl, state: 'made-up-state' }));
  const grant = await authorization.exchange({ code, redirectUrl });
  meeting.hide(grant.credentials);
  return { ...meeting.connect(grant), ...grant };
}

/** How often tokens were asked for, renewals included. */
export function tokenRequests({ simulator }: Meeting): number {
  return simulator.requests.filter(({ method, path }) => method === 'POST' && /^\/oauth\/.*tokens?$/u.test(path))
    .length;
}
