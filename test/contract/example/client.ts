import type { z } from 'zod';
import type { ConnectionTools, VendorAnswer } from '../../../src/connector.ts';
import { UpstreamBusy, UpstreamRefused } from '../../../src/model/errors.ts';
import type { Lane } from '../../../src/platform/rate-limiter.ts';
import { vendorSays } from '../../vendor-says.ts';

export const exampleOrigin = 'https://api.vendor.example';

export type ExampleCall = <Answer>(
  lane: Lane,
  method: string,
  path: string,
  body: unknown,
  answer: z.ZodType<Answer>,
) => Promise<Answer>;

export function exampleClient(
  token: string,
  { rateLimiter, send }: Pick<ConnectionTools, 'rateLimiter' | 'send'>,
): ExampleCall {
  return (lane, method, path, body, answer) =>
    rateLimiter.run(lane, async () => {
      const unknown = { outcome: lane === 'write' ? 'unknown' : 'not_done' } as const;
      const received = await send({
        ...{ url: `${exampleOrigin}${path}`, method, timeout: 10_000 },
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch(() => {
        throw new UpstreamBusy(vendorSays('server_failed'), unknown);
      });
      verifySuccess(received, unknown);
      const read = answer.safeParse(received.status === 404 ? undefined : readJson(received.text));
      if (!read.success) throw new UpstreamBusy(vendorSays('server_failed'), unknown);
      return read.data;
    });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function verifySuccess({ status, headers }: VendorAnswer, unknown: { outcome: 'not_done' | 'unknown' }): void {
  const refuses = (what: 'credentials_refused' | 'forbidden' | 'refused', concerns: 'connection' | 'request') =>
    new UpstreamRefused(vendorSays(what), { concerns });
  if (status === 401) throw refuses('credentials_refused', 'connection');
  if (status === 403) throw refuses('forbidden', 'connection');
  if (status === 422) throw refuses('refused', 'request');
  const retryAfter = 1000 * Number(headers.get('retry-after'));
  if (status === 429) throw new UpstreamBusy(vendorSays('throttled'), retryAfter ? { retryAfter } : {});
  if (status >= 500) throw new UpstreamBusy(vendorSays('server_failed'), { ...unknown, serverFailed: true });
}
