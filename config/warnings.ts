import type { Connector } from '../src/connector.ts';
import type { SettingWarning } from '../src/model/messages/field-message.ts';
import { describeProblem } from './describe-problems.ts';
import { isLocal } from './public-url.ts';
import type { Settings } from './settings.ts';

/** Something in the settings that may not be what was meant: its code for the log, and the setting with what it means. */
export type Warning = { code: `setting.${string}`; says: string };

/** @param idle the connectors that have keys, but not those that make a connection */
export function findWarnings(settings: Omit<Settings, 'warnings'>, idle: readonly Connector[]): readonly Warning[] {
  const { production, publicUrl, connections, smtpServer, databaseUrl, trustProxy } = settings;
  const connects = connections.length > 0;
  const isPublic = publicUrl !== undefined && !isLocal(publicUrl);
  const isInsecure = production && isPublic && publicUrl.startsWith('http:');
  return [
    ...idle.map(({ title }) => warn('setting.keys_incomplete', title, 'field.keys_incomplete')),
    ...(connects && publicUrl === undefined
      ? [warn('setting.public_url_unset', 'PUBLIC_URL', 'field.public_url_unset')]
      : []),
    ...(connects && smtpServer === undefined
      ? [warn('setting.smtp_url_unset', 'SMTP_URL', 'field.smtp_url_unset')]
      : []),
    ...(isInsecure ? [warn('setting.public_url_insecure', 'PUBLIC_URL', 'field.public_url_insecure')] : []),
    ...(production && databaseUrl === undefined
      ? [warn('setting.database_url_unset', 'DATABASE_URL', 'field.database_url_unset')]
      : []),
    ...(isPublic && trustProxy === false
      ? [warn('setting.trust_proxy_unset', 'TRUST_PROXY', 'field.trust_proxy_unset')]
      : []),
  ];
}

function warn(code: Warning['code'], setting: string, message: SettingWarning['code']): Warning {
  return { code, says: describeProblem({ setting, message: { code: message, params: {} } }) };
}
