import type { Connector } from '../src/connector.ts';
import type { SettingProblem } from '../src/errors.ts';
import { isLocal } from './public-url.ts';
import type { Settings } from './settings.ts';

/** @param idle the connectors that have keys, but not those that make a connection */
export function findWarnings(
  settings: Omit<Settings, 'warnings'>,
  idle: readonly Connector[],
): readonly SettingProblem[] {
  const { production, publicUrl, connections, smtpServer, databaseUrl, trustProxy } = settings;
  const warnings: SettingProblem[] = idle.map(({ title }) => ({
    setting: title,
    message: { code: 'field.keys_incomplete', params: {} },
  }));
  const warn = (setting: string, code: WarningCode) => warnings.push({ setting, message: { code, params: {} } });
  if (connections.length > 0 && publicUrl === undefined) warn('PUBLIC_URL', 'field.local_links');
  if (connections.length > 0 && smtpServer === undefined) warn('SMTP_URL', 'field.emails_wait');
  if (production && publicUrl?.startsWith('http:') && !isLocal(publicUrl)) warn('PUBLIC_URL', 'field.not_https');
  if (production && databaseUrl === undefined) warn('DATABASE_URL', 'field.embedded_database');
  if (publicUrl !== undefined && !isLocal(publicUrl) && trustProxy === false)
    warn('TRUST_PROXY', 'field.proxy_unknown');
  return warnings;
}

type WarningCode =
  | 'field.local_links'
  | 'field.emails_wait'
  | 'field.not_https'
  | 'field.embedded_database'
  | 'field.proxy_unknown';
