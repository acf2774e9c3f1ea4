import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { type Failure, UntrustedWebhook, UpstreamBusy } from '../../model/errors.ts';
import { failureAnswers } from './failures.ts';

/** The log lines about one request that fails. */
async function linesAbout(failure: Failure): Promise<readonly Record<string, unknown>[]> {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line) => lines.push(JSON.parse(line)) });
  const app = express();
  app.get('/fails', () => {
    throw failure;
  });
  app.use(failureAnswers(log));
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/fails`);
  server.close();
  return lines;
}

describe('the log line about a refused request', () => {
  it.each([
    new UntrustedWebhook('signature_wrong'),
    new UpstreamBusy({ code: 'upstream.account_unknown', params: {} }),
  ])('keeps its own code beside that of the failure: %o', async (failure) => {
    expect(await linesAbout(failure)).toMatchObject([{ code: 'request.refused', failure: failure.code }]);
  });
});
