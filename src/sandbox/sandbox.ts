import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Simulator, SimulatorOptions } from '../connector.ts';
import { RequestError } from '../model/errors.ts';
import type { SmtpServer } from '../platform/email/smtp-server.ts';
import { answerFailure, answerPage } from './answers.ts';
import { control } from './control.ts';
import { createInbox } from './inbox.ts';
import { overviewPage } from './overview-page.ts';
import { missingPage, type SandboxPage } from './page.ts';
import { playPast } from './past.ts';
import { recordPage } from './record-page.ts';
import { requestPath } from './request.ts';
import { addSample } from './sample.ts';
import { createVendor, type Vendor } from './vendor.ts';

/** The vendors' stand-ins and an inbox, to try the service without an account anywhere. Never for real customers. */
export type Sandbox = {
  /**
   * To be mounted at `/sandbox` below the public address, with that prefix taken off the path. The inbox shows emails
   * about accounts, which can open them, only to whoever may see those.
   */
  handler(request: IncomingMessage, response: ServerResponse, viewer: { seesAccountEmails: boolean }): Promise<void>;
  /** By connector: the keys that connect the service to its stand-in. */
  environments: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** The inbox's email server. */
  smtpServer: SmtpServer;
  /** Whom invitations to simulated contacts are from. */
  from: { address: string; name: string };
  /** Adds the sample contacts. Call it once the service listens: the vendors tell it of them at once. */
  start(): Promise<void>;
  stop(): Promise<void>;
};

export type SandboxOptions = {
  /** One a connector that has a stand-in. */
  simulators: readonly { name: string; title: string; simulate(options: SimulatorOptions): Simulator }[];
  /** Without a slash at the end. */
  publicUrl: string;
  clock: () => Date;
};

export async function createSandbox({ simulators, publicUrl, clock }: SandboxOptions): Promise<Sandbox> {
  const basePath = `${new URL(publicUrl).pathname.replace(/\/$/u, '')}/sandbox`;
  const inbox = await createInbox({ basePath: `${basePath}/inbox`, clock });
  // The vendors' clock stands back for a moment while their past is played.
  let ago = 0;
  const vendorClock = () => new Date(clock().getTime() - ago);
  const vendors = new Map(
    simulators.map(({ name, title, simulate }): [string, Vendor] => {
      const baseUrl = `${publicUrl}/sandbox/${name}`;
      const simulator = simulate({ clock: vendorClock, baseUrl, webhookUrl: `${publicUrl}/webhooks/${name}` });
      return [name, createVendor({ name, title, simulator })];
    }),
  );

  async function serve(request: IncomingMessage, response: ServerResponse, seesAccountEmails: boolean): Promise<void> {
    const [first = '', ...rest] = requestPath(request).slice(1).split('/');
    const simulator = vendors.get(first)?.simulator;
    if (first === 'inbox' || simulator) {
      request.url = below(request.url, `/${first}`);
      if (simulator) simulator.handler(request, response);
      else inbox.show(request, response, { seesAccountEmails });
    } else if (first === 'control') {
      await control(request, response, { vendors, path: rest, home: `${basePath}/` });
    } else {
      const page = pageAt(first, rest);
      answerPage(response, page ? 200 : 404, page ?? missingPage(basePath));
    }
  }

  function pageAt(first: string, [name = '', id = '', ...more]: readonly string[]): SandboxPage | undefined {
    if (first === '' && name === '') return overviewPage([...vendors.values()], basePath);
    const vendor = vendors.get(name);
    if (first === 'records' && vendor && more.length === 0) return recordPage(vendor, id, basePath);
    return undefined;
  }

  return {
    /** A failure is answered here; what is a bug goes on to whoever mounted us. */
    handler: async (request, response, { seesAccountEmails }) => {
      try {
        await serve(request, response, seesAccountEmails);
      } catch (failure) {
        if (!(failure instanceof RequestError)) throw failure;
        answerFailure(request, response, failure);
      }
    },
    environments: new Map([...vendors].map(([name, { simulator }]) => [name, simulator.environment])),
    smtpServer: inbox.smtpServer,
    from: { address: 'support@acme.example', name: 'Acme Support' },
    async start() {
      const all = [...vendors.values()];
      playPast(
        all.map(({ simulator }) => simulator),
        (back, work) => {
          ago = back;
          try {
            work();
          } finally {
            ago = 0;
          }
        },
      );
      addSample(all);
    },
    async stop() {
      await Promise.all([...vendors.values()].map(({ simulator }) => simulator.stop()));
      await inbox.stop();
    },
  };
}

/** The address as whoever is mounted here sees it. */
function below(url = '/', prefix: string): string {
  const rest = url.slice(prefix.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}
