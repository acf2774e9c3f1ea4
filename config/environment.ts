import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigurationProblem } from '../src/model/errors.ts';
import { readText } from './read-text.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the service was started with: the real environment and, beneath it, the `.env` file of this folder, if there is
 * one. A key that the real environment has wins, even an empty one.
 *
 * @throws ConfigurationProblem when there is a `.env` that cannot be read
 */
export function readEnvironment(folder: string = process.cwd()): Environment {
  return { ...readEnvFile(join(folder, '.env')), ...process.env };
}

function readEnvFile(path: string): Environment {
  const { text, problem, missing } = readText(path);
  if (text !== undefined) return parseEnv(text);
  if (missing) return {};
  throw new ConfigurationProblem([{ setting: '.env', message: problem }]);
}
