import { describeProblems } from '../../config/describe-problems.ts';
import { readEnvironment } from '../../config/environment.ts';
import { localUrl } from '../../config/public-url.ts';
import { readSettings } from '../../config/settings.ts';
import { connectors } from '../../connectors/index.ts';
import { ConfigurationProblem } from '../../src/model/errors.ts';
import { surveyKeys } from '../../src/modules/surveys/queries/surveys.ts';
import { defaultWorkspace } from '../../src/platform/workspaces/queries.ts';
import { startService } from '../../src/start.ts';
import { playQuarter, seededSurvey } from './quarter.ts';

async function isRunning(host: string, port: number): Promise<boolean> {
  try {
    return (await fetch(`${localUrl(host, port)}/healthz`)).ok;
  } catch {
    return false;
  }
}

class CannotSeed extends Error {}

/**
 * `npm run seed`: fills the database of the settings, PostgreSQL or embedded, with a made-up quarter of invitations,
 * responses and scores. Only in the sandbox, and once.
 *
 * @throws ConfigurationProblem, CannotSeed
 */
async function seed(): Promise<string> {
  const environment = readEnvironment();
  const { sandbox, databaseUrl, dataDir, host, port } = readSettings(environment, connectors);
  if (!sandbox) throw new CannotSeed('seeding is for the sandbox only; remove the keys of real accounts');
  // A second sandbox on the same database would give its connections the keys of other simulated accounts.
  if (await isRunning(host, port)) throw new CannotSeed('stop the service that is running, then seed');
  const service = await startService({ ...environment, PORT: '0', LOG_LEVEL: 'error' });
  const { db } = service.context.database;
  try {
    if ((await surveyKeys(db, defaultWorkspace)).some(({ key }) => key === seededSurvey)) {
      return 'This database was seeded before; nothing was changed.';
    }
    await playQuarter(service, { withRecords: false });
    return `A quarter of made-up data is in ${databaseUrl === undefined ? dataDir : 'the database of DATABASE_URL'}.`;
  } finally {
    await service.stop();
  }
}

try {
  process.stdout.write(`${await seed()}\n`);
} catch (failure) {
  if (failure instanceof ConfigurationProblem) process.stderr.write(describeProblems(failure.problems));
  else if (failure instanceof CannotSeed) process.stderr.write(`${failure.message}\n`);
  else throw failure;
  process.exitCode = 1;
}
