import { parseArgs } from 'node:util';
import type { Settings } from '../config/settings.ts';
import { ConfigurationProblem, type SettingProblem } from './model/errors.ts';

/** What a process does: answers requests, works on jobs, or both. */
const roles = ['all', 'web', 'worker'] as const;
export type ProcessRole = (typeof roles)[number];

const flag = '--role';

/**
 * Reads `--role` from the command line; `all` without it.
 *
 * @throws ConfigurationProblem when it is no role
 */
export function readRole(args: readonly string[]): ProcessRole {
  const { values } = parseArgs({ args: [...args], options: { role: { type: 'string', default: 'all' } } });
  const role = roles.find((one) => one === values.role);
  if (role) return role;
  throw new ConfigurationProblem([{ setting: flag, message: { code: 'field.not_one_of', params: { values: roles } } }]);
}

/**
 * Processes with different roles share a database and one public address.
 *
 * @throws ConfigurationProblem naming what a role needs
 */
export function verifyRole(role: ProcessRole, { databaseUrl, publicUrl, sandbox }: Settings): void {
  if (role === 'all') return;
  const setting = `${flag} ${role}`;
  const needed = (name: string): SettingProblem => ({
    setting: name,
    message: { code: 'field.required_with', params: { setting } },
  });
  const problems: readonly SettingProblem[] = [
    ...(databaseUrl === undefined ? [needed('DATABASE_URL')] : []),
    ...(publicUrl === undefined ? [needed('PUBLIC_URL')] : []),
    ...(sandbox
      ? [{ setting: 'SANDBOX', message: { code: 'field.sandbox_in_one_process', params: { setting } } } as const]
      : []),
  ];
  if (problems.length > 0) throw new ConfigurationProblem(problems);
}
