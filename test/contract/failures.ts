import { expect } from 'vitest';
import type { Connection } from '../../src/connector.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import type { Answer } from '../http-mock.ts';
import type { ConnectorHarness } from './harness.ts';
import type { Question } from './question.ts';

/** A call that any vendor can answer with a failure. */
export type FailingCall = {
  /** As it stands in a title, e.g. `looking at a ticket`. */
  doing: string;
  call(connection: Connection): Promise<unknown> | undefined;
  /** Whether a call of unknown outcome may have changed something. */
  writes?: boolean;
  /** Whether the vendor may refuse this for one record alone; then 403 says nothing about the connection. */
  concernsOneRecord?: boolean;
  /** How many records it is about, where that is more than one. */
  records?: number;
};

const gatewayPage: Answer = {
  status: 502,
  body: '<html><body>Bad gateway</body></html>',
  headers: { 'content-type': 'text/html' },
};
const proxyPage: Answer = { ...gatewayPage, status: 200, body: '<html><body>Please sign in</body></html>' };

/** What is asked of every call to a vendor: that each way of failing arrives as the failure that says who has to act. */
export function failureQuestions(
  { doing, call, writes, concernsOneRecord, records }: FailingCall,
  { failures, origin }: Pick<ConnectorHarness, 'failures' | 'origin'>,
): Question[] {
  const meets = (answer: Answer | 'dropped_line', verify: (failure: unknown) => void): Question['ask'] =>
    async function ask({ vendor, connection, failureOf }) {
      vendor.always(origin, answer);
      verify(await failureOf(() => call(connection)));
      expect(vendor.requests.length).toBeGreaterThan(0);
      // One other way round a failure, such as a new token, is the connector's; trying again is the job engine's.
      expect(vendor.requests.length).toBeLessThanOrEqual(2);
    };
  const outcome = writes ? 'unknown' : expect.any(String);
  const isBusy = (expected: object) => (failure: unknown) => {
    expect(failure).toBeInstanceOf(UpstreamBusy);
    expect(failure).toMatchObject(expected);
  };
  const isRefused = (expected: object) => (failure: unknown) => {
    expect(failure).toBeInstanceOf(UpstreamRefused);
    expect(failure).toMatchObject({ why: { code: expect.any(String) }, ...expected });
  };

  const questions: Question[] = [
    {
      title: `${doing}: a rate limit means waiting as long as the vendor says, and nothing was done`,
      ask: meets(failures.throttled(7), isBusy({ retryAfter: 7000, outcome: 'not_done', serverFailed: false })),
    },
    {
      title: `${doing}: refused credentials stop the connection`,
      ask: meets(failures.unauthorized, isRefused({ concerns: 'connection' })),
    },
    {
      title: `${doing}: a failing server means trying later`,
      ask: meets(failures.broken, isBusy({ outcome, serverFailed: true })),
    },
    {
      title: `${doing}: so does a gateway's page`,
      ask: meets(gatewayPage, isBusy({ outcome, serverFailed: true })),
    },
    {
      title: `${doing}: a success that cannot be read is none`,
      ask: meets(proxyPage, isBusy({ outcome })),
    },
    {
      title: `${doing}: a dropped line means trying later`,
      ask: meets('dropped_line', isBusy({ outcome, serverFailed: false })),
    },
  ];
  if (!concernsOneRecord) {
    questions.push({
      title: `${doing}: a missing right is for the operator`,
      ask: meets(failures.forbidden, isRefused({})),
    });
  }
  return questions.map((question) => (records === undefined ? question : { ...question, records }));
}
