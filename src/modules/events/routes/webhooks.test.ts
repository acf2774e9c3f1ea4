import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { zendesk } from '../../../../connectors/zendesk/index.ts';
import { simulateZendesk, type ZendeskSimulator } from '../../../../connectors/zendesk/simulator/index.ts';
import { describeOnEachDatabase } from '../../../../test/databases.ts';
import { parseExposition, valueIn } from '../../../../test/exposition.ts';
import { createWorld, minute, type World } from '../../../../test/flows/world.ts';
import type { Connector } from '../../../connector.ts';
import type { Context } from '../../../context.ts';
import type { Database } from '../../../platform/database/database.ts';
import { failureAnswers } from '../../../platform/http/failures.ts';
import { createLiveConnections } from '../../connections/context.ts';
import { openConfigured } from '../../connections/open.ts';
import { createEventBuffer } from '../event-buffer.ts';
import { webhookRoutes } from './webhooks.ts';

describeOnEachDatabase('the first webhooks of a connection', (open) => {
  let database: Database;
  let world: World;
  let simulator: ZendeskSimulator;
  const servers: Server[] = [];
  /** Resolves to let the simulator tell the signing secret. */
  let telling = Promise.withResolvers<void>();
  let maker: Context;
  let receiver: Context;
  let receiverUrl: string;

  async function listen(handler: RequestListener): Promise<string> {
    const server = createServer(handler);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Another process on the same database. */
  function anotherProcess(): Context {
    const connector = zendesk as Connector;
    const settings = zendesk.settings.parse(simulator.environment);
    const sources = [{ connector, settings, origin: 'environment' as const }];
    return { ...world.context, connections: createLiveConnections(), sources };
  }

  function serve(context: Context): Promise<string> {
    const app = express();
    const eventBuffer = createEventBuffer(context);
    app.use(
      webhookRoutes(context, { connectors: [zendesk as Connector], eventBuffer, publicUrl: 'https://here.example' }),
    );
    app.use(failureAnswers(context.log));
    return listen(app);
  }

  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    world = await createWorld(database);
    telling = Promise.withResolvers();
    const baseUrl = await listen(async (request, response) => {
      if (request.url?.includes('signing_secret')) await telling.promise;
      simulator.handler(request, response);
    });
    simulator = simulateZendesk({ clock: world.clock, baseUrl, webhookUrl: 'http://127.0.0.1:9/unused' });
    maker = anotherProcess();
    receiver = anotherProcess();
    receiverUrl = await serve(receiver);
  });
  afterEach(async () => {
    telling.resolve();
    await simulator.stop();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  const statuses = () => simulator.deliveries.map(({ status }) => status);

  async function counted(name: string, labels: Readonly<Record<string, string>> = {}) {
    const { text } = await world.metrics.expose();
    return valueIn(parseExposition(text), `scoreback_${name}`, { connector: 'zendesk', ...labels });
  }

  /** Something happens to a ticket that the webhook tells of. */
  async function happen(): Promise<void> {
    const recordId = simulator.addContact({ name: 'Kim' });
    simulator.resolve(simulator.addTicket({ requesterId: recordId, subject: 'A lamp' }));
    await simulator.settled();
  }

  /** The maker begins to make the webhook, and stands before it knows its secret. */
  async function makeWebhook() {
    await openConfigured(maker, world.workspaceId);
    const [live] = maker.connections.all();
    if (!live?.capabilities.provisioning) throw new Error('the connection is not open');
    const webhookUrl = `${receiverUrl}/webhooks/zendesk/${live.id}`;
    const made = live.capabilities.provisioning.ensure({ webhookUrl });
    const called = () => simulator.requests.some(({ path, method }) => method === 'POST' && path.includes('/webhooks'));
    while (!called()) await new Promise(setImmediate);
    return { made, live, webhookUrl };
  }

  it('are put off in every process until the secret is known, and accepted when they come again', async () => {
    await openConfigured(receiver, world.workspaceId);
    const { made } = await makeWebhook();
    await happen();
    expect(statuses()).toEqual([503]);
    telling.resolve();
    await made;
    world.jump(31_000);
    await simulator.settled();
    expect(statuses()).toEqual([503, 200]);
    await happen();
    expect(statuses().at(-1)).toBe(200);
    expect(await counted('webhooks_total', { outcome: 'deferred' })).toBe(1);
    expect(await counted('webhooks_total', { outcome: 'accepted' })).toBe(2);
  });

  it('find the connection in a process that has not opened it yet', async () => {
    expect(receiver.connections.all()).toEqual([]);
    telling.resolve();
    await (await makeWebhook()).made;
    await happen();
    expect(statuses()).toEqual([200]);
    expect(receiver.connections.all()).toHaveLength(1);
  });

  it('are refused where they are not ours, at once, also right after one that was ours', async () => {
    telling.resolve();
    const { made, webhookUrl } = await makeWebhook();
    await made;
    await happen();
    const forged = () =>
      fetch(webhookUrl, {
        method: 'POST',
        body: '{}',
        headers: {
          'x-zendesk-webhook-signature': 'bm90IG91cnM=',
          'x-zendesk-webhook-signature-timestamp': world.clock().toISOString(),
        },
      });
    for (const response of await Promise.all(Array.from({ length: 20 }, forged))) expect(response.status).toBe(401);
    expect(await counted('webhooks_total', { outcome: 'accepted' })).toBe(1);
    expect(await counted('webhooks_total', { outcome: 'untrusted' })).toBe(20);
    expect(await counted('webhook_duration_seconds_count')).toBe(21);
    expect(await counted('events_received_total', { source: 'webhook', outcome: 'saved' })).toBe(
      simulator.deliveries.length,
    );
  });

  it('are put off no longer once the one who made the webhook has been gone for long', async () => {
    const { made, webhookUrl } = await makeWebhook();
    world.jump(11 * minute);
    await happen();
    expect(statuses()).toEqual([401]);
    expect((await fetch(webhookUrl.replace(/[^/]+$/u, 'nonsense'), { method: 'POST', body: '{}' })).status).toBe(404);
    telling.resolve();
    await made;
  });
});
