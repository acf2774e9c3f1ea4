import type { Connector } from '../src/connector.ts';
import { isLocal } from './public-url.ts';
import type { Settings } from './settings.ts';

/** Something in the settings that may not be what was meant: its code for the log, and the key with what it means. */
export type Warning = { code: `setting.${string}`; says: string };

/** @param idle the connectors that have keys, but not those that make a connection */
export function findWarnings(settings: Omit<Settings, 'warnings'>, idle: readonly Connector[]): readonly Warning[] {
  const { production, publicUrl, connections, smtpServer, databaseUrl, trustProxy } = settings;
  const warnings: Warning[] = idle.map(({ title }) => ({
    code: 'setting.keys_incomplete',
    says: `${title}: some of its keys are set, but not those that make a connection.`,
  }));
  if (connections.length > 0 && publicUrl === undefined) {
    warnings.push({
      code: 'setting.public_url_unset',
      says: 'PUBLIC_URL: is not set, so links in mail and webhooks lead to this machine only.',
    });
  }
  if (connections.length > 0 && smtpServer === undefined) {
    warnings.push({ code: 'setting.smtp_url_unset', says: 'SMTP_URL: is not set, so invitations wait until it is.' });
  }
  if (production && publicUrl?.startsWith('http:') && !isLocal(publicUrl)) {
    warnings.push({
      code: 'setting.public_url_insecure',
      says: 'PUBLIC_URL: is not https, so answers and names travel readable, and vendors may refuse it.',
    });
  }
  if (production && databaseUrl === undefined) {
    warnings.push({
      code: 'setting.database_url_unset',
      says: 'DATABASE_URL: is not set; the embedded database does not promise to survive a power cut.',
    });
  }
  if (publicUrl !== undefined && !isLocal(publicUrl) && trustProxy === false) {
    warnings.push({
      code: 'setting.trust_proxy_unset',
      says: 'TRUST_PROXY: is not set. Behind a proxy all visitors share one address and one limit of attempts: set it to the number of proxies in front.',
    });
  }
  return warnings;
}
