import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simulateZendesk, type ZendeskSimulator } from './index.ts';

type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

export type TestAccount = {
  simulator: ZendeskSimulator;
  baseUrl: string;
  /** Moves the simulator's clock, which stands still otherwise. */
  pass(milliseconds: number): void;
  now(): Date;
  /** As the admin, unless `authorization` says otherwise. Text that is no JSON comes back as `{ text }`. */
  call(method: string, path: string, body?: unknown, authorization?: string): Promise<Answer>;
  stop(): Promise<void>;
};

/** A simulator behind a real server, with a clock that only tests move. */
export async function startTestAccount(): Promise<TestAccount> {
  let now = new Date('2026-11-02T10:00:00Z');
  const server = createServer((request, response) => simulator.handler(request, response));
  const baseUrl = await listen(server);
  const simulator = simulateZendesk({ clock: () => now, baseUrl, webhookUrl: 'http://127.0.0.1:9/unused' });
  const { email, token } = simulator.apiToken;
  const admin = basic(email, token);
  return {
    simulator,
    baseUrl,
    pass(milliseconds) {
      now = new Date(now.getTime() + milliseconds);
    },
    now: () => now,
    async call(method, path, body, authorization = admin) {
      const response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : { text } };
    },
    async stop() {
      await simulator.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

export function basic(email: string, token: string): string {
  return `Basic ${Buffer.from(`${email}/token:${token}`).toString('base64')}`;
}

export type Delivered = { headers: IncomingHttpHeaders; body: string };

export type Receiver = { url: string; delivered: readonly Delivered[]; answer: RequestListener; stop(): void };

/** Somebody who hears webhooks, and answers as `answer` says once the whole body has arrived. */
export async function startReceiver(): Promise<Receiver> {
  const delivered: Delivered[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    delivered.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    receiver.answer(request, response);
  });
  const receiver: Receiver = {
    url: await listen(server),
    delivered,
    answer: (_request, response) => response.end(),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
