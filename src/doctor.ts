import { parseArgs } from 'node:util';
import { z } from 'zod';
import { describeProblems } from '../config/describe-problems.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { localUrl } from '../config/public-url.ts';
import { readSettings, type Settings } from '../config/settings.ts';
import { connectors } from '../connectors/index.ts';
import { createContext, openDatabase } from './assembly.ts';
import { ConfigurationProblem } from './model/errors.ts';
import type { CheckLine } from './model/messages/check-line.ts';
import { ensureWorkspace } from './modules/accounts/index.ts';
import { closeConnection, type Examination, examine, openConfigured, openSaved } from './modules/connections/index.ts';
import { createLog } from './platform/log.ts';
import { createRender } from './platform/messages/render.ts';
import { noMetrics } from './platform/metrics.ts';
import { createNetwork } from './platform/network/network.ts';
import { defaultWorkspace } from './platform/workspaces/queries.ts';
import { countOutdated } from './reencrypt.ts';

/** What a running service answers; whatever else listens at its port does not. */
type Report = { items: readonly Examined[]; olderKeyValues: number };

type Examined = Omit<Examination, 'lines'> & {
  lines: readonly (Pick<CheckLine, 'about' | 'state' | 'repairable'> & { code: string; params: object })[];
};

const report: z.ZodType<Report> = z.object({
  olderKeyValues: z.number(),
  items: z.array(
    z.object({
      connector: z.string(),
      connection: z.string(),
      account: z.string().nullable(),
      lines: z.array(
        z.object({
          about: z.custom<CheckLine['about']>(),
          state: z.enum(['fine', 'note', 'attention']),
          code: z.string(),
          params: z.record(z.string(), z.unknown()),
          repairable: z.boolean(),
        }),
      ),
    }),
  ),
});

/** What it is started with, and where its words go. */
export type Consultation = {
  args: readonly string[];
  environment: Environment;
  write(text: string): void;
  /** Takes why it could not look. */
  complain(text: string): void;
};

/**
 * `npm run doctor`: looks at every connection and says in plain words what needs a person; `-- --fix` repairs what is
 * ours first.
 *
 * @returns the exit code: 1 when something needs a person, 2 when it could not look
 */
export async function consultDoctor(consultation: Consultation): Promise<number> {
  try {
    return await examineAndPrint(consultation);
  } catch (failure) {
    if (!(failure instanceof ConfigurationProblem)) throw failure;
    consultation.complain(describeProblems(failure.problems));
    return 2;
  }
}

async function examineAndPrint({ args, environment, write }: Consultation): Promise<number> {
  const titles = connectors.map(({ title }) => title).join(' or ');
  const { values } = parseArgs({ args: [...args], options: { fix: { type: 'boolean', default: false } } });
  const settings = readSettings(environment, connectors);
  if (settings.sandbox) {
    write('This is the sandbox: no account is connected, so there is nothing to look at.\n');
    return 0;
  }
  const { items: examinations, olderKeyValues } =
    (await askService(settings, values.fix)) ?? (await examineHere(settings, values.fix));
  for (const examination of examinations) write(linesOf(examination));
  if (examinations.length === 0) write(`No account is connected: set the keys of ${titles}.\n`);
  if (olderKeyValues > 0) write(`\nValues still under an older SECRET_KEY: ${olderKeyValues}.\n`);
  const needed = examinations.flatMap(({ lines }) => lines).filter(({ state }) => state === 'attention').length;
  write(needed === 0 ? '\nAll is well.\n' : `\n${needed} ${needed === 1 ? 'thing needs' : 'things need'} a person.\n`);
  return needed === 0 ? 0 : 1;
}

/** A running service looks itself: it has the database, the tokens and the pace. @returns nothing when none runs */
async function askService({ host, port, apiKey }: Settings, fix: boolean): Promise<Report | undefined> {
  const address = localUrl(host, port);
  const answer = await fetch(`${address}/api/doctor`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({ fix }),
  }).catch(() => undefined);
  if (!answer) return undefined;
  if (answer.status === 401) {
    throw new ConfigurationProblem([
      { setting: 'API_KEY', message: { code: 'field.api_key_refused', params: { address } } },
    ]);
  }
  const read = report.safeParse(answer.ok ? await answer.json().catch(() => undefined) : undefined);
  if (!read.success) {
    const message = { code: 'field.not_scoreback', params: { address, status: answer.status } } as const;
    throw new ConfigurationProblem([{ setting: 'PORT', message }]);
  }
  return read.data;
}

async function examineHere(settings: Settings, fix: boolean): Promise<Report> {
  const clock = () => new Date();
  const log = createLog('silent');
  const network = createNetwork(settings.privateNetworks);
  const database = await openDatabase(settings, () => {});
  try {
    const publicUrl = settings.publicUrl ?? localUrl(settings.host, settings.port);
    const wake = async () => {};
    const context = createContext({
      ...{ settings, database, log, clock, wake, publicUrl, network, metrics: noMetrics },
      sandbox: undefined,
    });
    await database.transaction((tx) => ensureWorkspace(tx, defaultWorkspace, clock()));
    await openConfigured(context, defaultWorkspace);
    await openSaved(context);
    const examinations = [];
    for (const live of context.connections.all()) examinations.push(await examine(context, live, { fix }));
    for (const live of context.connections.all()) await closeConnection(context, live);
    return { items: examinations, olderKeyValues: await countOutdated(database.db, context.encryption) };
  } finally {
    await network.stop();
    await database.stop();
  }
}

/** The terminal speaks English. */
const say = createRender();

function linesOf({ connector, account, lines }: Examined): string {
  const signs = { fine: 'ok  ', note: '·   ', attention: '!   ' };
  const written = lines.map(({ about, state, repairable, ...said }) => {
    const title = say('findings', { code: 'about', params: about });
    const repair = repairable ? ' Repair it with --fix.' : '';
    return `  ${signs[state]}${title}: ${say('findings', said)}${repair}\n`;
  });
  return `\n${connector}${account === null ? '' : `, account ${account}`}\n${written.join('')}`;
}

if (import.meta.main) {
  process.exitCode = await consultDoctor({
    args: process.argv.slice(2),
    environment: readEnvironment(),
    write: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
  });
}
