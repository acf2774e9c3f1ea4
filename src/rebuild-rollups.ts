import { describeProblems } from '../config/describe-problems.ts';
import { readEnvironment } from '../config/environment.ts';
import { readSettings } from '../config/settings.ts';
import { connectors } from '../connectors/index.ts';
import { openDatabase } from './assembly.ts';
import { ConfigurationProblem } from './model/errors.ts';
import { rebuildRollUps } from './modules/reports/index.ts';

/**
 * `npm run rebuild-rollups`: counts the roll-ups of all reports again, for instance after rows were changed by hand with
 * triggers off. The service may run meanwhile where the database is a server.
 *
 * @returns the exit code: 2 when the settings do not lead to a database
 */
async function rebuildAndPrint(): Promise<number> {
  try {
    const database = await openDatabase(readSettings(readEnvironment(), connectors), () => {});
    try {
      process.stdout.write(`Counted again: ${await rebuildRollUps(database)} roll-ups.\n`);
    } finally {
      await database.stop();
    }
    return 0;
  } catch (failure) {
    if (!(failure instanceof ConfigurationProblem)) throw failure;
    process.stderr.write(describeProblems(failure.problems));
    return 2;
  }
}

process.exitCode = await rebuildAndPrint();
