import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type {
  Connection,
  Connector,
  FieldsWrite,
  Simulator,
  WebhookRequest,
  WriteOutcome,
} from '../../src/connector.ts';
import type { FieldNames, FieldProfile } from '../../src/model/account-fields.ts';
import { now, type WitnessingTools, witnessingTools } from './tools.ts';

/** A connector on its vendor's simulator, both over real HTTP; and what the simulator's webhooks delivered. */
export type Simulated = {
  simulator: Simulator;
  connection: Connection;
  tools: WitnessingTools;
  /** Another connection to the same account; by consent with what `authorization` has given. */
  connect(requests?: ConnectOptions): { connection: Connection; tools: WitnessingTools };
  /** The tools of every connection so far. */
  witnesses: readonly WitnessingTools[];
  webhookUrl: string;
  received: readonly WebhookRequest[];
  clock: () => Date;
  /** Moves the one clock that vendor and connector go by. */
  passes(milliseconds: number): void;
  /**
   * Every answer's text of the vendor is changed by this from now on, on its way to the connector; by nothing when
   * nothing is given. So a vendor sends what no simulator of it would.
   */
  alter(change?: (text: string) => string): void;
  /** Writes, and lets as much time pass as the vendor wants for it. */
  write(writes: readonly FieldsWrite[]): Promise<readonly WriteOutcome[]>;
  stop(): Promise<void>;
};

export type ConnectOptions = { credentials?: string; fieldNames?: FieldNames; fieldProfile?: FieldProfile };

export async function startSimulated(connector: Connector): Promise<Simulated> {
  let time = now.getTime();
  const clock = () => new Date(time);

  const received: WebhookRequest[] = [];
  const listener = await listening(createServer());
  const webhookUrl = `${listener.address}/webhooks/${connector.name}`;
  listener.server.on('request', (request: IncomingMessage, response) => {
    void buffer(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const single = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]);
      received.push({ method, url: `${listener.address}${url}`, headers: Object.fromEntries(single), body });
      response.writeHead(200).end();
    });
  });

  const vendor = await listening(createServer());
  const simulate = await connector.simulate?.();
  if (!simulate) throw new Error(`${connector.title} has no simulator.`);
  const simulator = simulate({ clock, baseUrl: vendor.address, webhookUrl });
  vendor.server.on('request', simulator.handler);

  let altered = (text: string) => text;
  const witnesses: WitnessingTools[] = [];
  function connect({ credentials, fieldNames = {}, ...others }: ConnectOptions = {}) {
    const beforehand = credentials === undefined ? {} : { authorization: credentials };
    const authorized = credentials !== undefined;
    const witnessing = witnessingTools(beforehand);
    const tools: WitnessingTools = {
      ...{ ...witnessing, clock, authorized, fieldNames, ...others },
      async send(request) {
        const answer = await witnessing.send(request);
        return { ...answer, text: altered(answer.text) };
      },
    };
    witnesses.push(tools);
    return { tools, connection: connector.connect(connector.settings.parse(simulator.environment), tools) };
  }
  const { connection, tools } = connect();

  return {
    simulator,
    connection,
    tools,
    connect,
    witnesses,
    webhookUrl,
    received,
    clock,
    passes(milliseconds) {
      time += milliseconds;
    },
    alter(change = (text) => text) {
      altered = change;
    },
    async write(writes) {
      const outcomes: WriteOutcome[] = [];
      const { batchSize = 1 } = connection.contacts ?? {};
      for (let start = 0; start < writes.length; start += batchSize) {
        const report = await connection.contacts?.writeFields(writes.slice(start, start + batchSize));
        let later: readonly WriteOutcome[] | undefined;
        for (let attempt = 0; report?.unfinished && !later && attempt < 20; attempt += 1) {
          later = await connection.contacts?.finishWrite?.(report.unfinished.receipt);
          time += 1000;
        }
        outcomes.push(...(report?.outcomes ?? []), ...(later ?? []));
      }
      return outcomes;
    },
    async stop() {
      await simulator.stop();
      for (const { server } of [vendor, listener]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

/** On a free port of this machine. */
export async function listening(server: Server): Promise<{ server: Server; address: string }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
