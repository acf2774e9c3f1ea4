import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';

import { type HubspotSimulator, simulateHubspot } from './index.ts';

export type Answer = { status: number; headers: Headers; text: string; body: ReturnType<typeof JSON.parse> };

/** The simulator behind real HTTP, mounted below a path, with a receiver for its webhooks and a clock one can move. */
export type TestPortal = {
  hubspot: HubspotSimulator;
  webhookUrl: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** What the receiver was sent. */
  received: { url: string; headers: IncomingHttpHeaders; body: string }[];
  /** What the receiver answers with. */
  answerWith(status: number | 'nothing'): void;
  now(): Date;
  pass(milliseconds: number): void;
  listen(listener: RequestListener): Promise<string>;
  stop(): Promise<void>;
};

export async function startPortal(): Promise<TestPortal> {
  const closing: (() => void)[] = [];
  const received: TestPortal['received'] = [];
  let answer: number | 'nothing' = 200;
  let now = new Date('2026-11-02T09:00:00.000Z');

  async function listen(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    closing.push(() => server.close().closeAllConnections());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const receiver = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers } = request;
      received.push({ url, headers, body: Buffer.concat(chunks).toString() });
      if (answer !== 'nothing') response.writeHead(answer).end();
    });
  });
  const webhookUrl = `${receiver}/webhooks/hubspot?region=eu%2F1`;
  const hubspot = simulateHubspot({ clock: () => now, baseUrl: 'http://hubspot.example', webhookUrl });
  const origin = await listen(express().use('/sandbox/hubspot', hubspot.handler));

  return {
    hubspot,
    webhookUrl,
    received,
    listen,
    async call(method, path, body, headers = {}) {
      const response = await fetch(`${origin}/sandbox/hubspot${path}`, {
        method,
        headers: {
          authorization: `Bearer ${hubspot.environment.HUBSPOT_ACCESS_TOKEN}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(5000),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
    },
    answerWith(status) {
      answer = status;
    },
    now: () => now,
    pass(milliseconds) {
      now = new Date(now.getTime() + milliseconds);
    },
    async stop() {
      await hubspot.stop();
      for (const close of closing) close();
    },
  };
}
