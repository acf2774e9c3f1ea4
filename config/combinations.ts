import type { SettingProblem } from '../src/model/errors.ts';

/** The keys that are set, without the empty ones. */
export type SettingsGiven = Readonly<Record<string, string>>;

const companions = [
  // Every process on one database signs with the same key.
  { key: 'SECRET_KEY', of: 'DATABASE_URL' },
  { key: 'DATABASE_URL', of: 'DATABASE_READ_URL' },
  { key: 'MAIL_FROM', of: 'SMTP_URL' },
  { key: 'OIDC_CLIENT_ID', of: 'OIDC_ISSUER' },
  { key: 'OIDC_CLIENT_SECRET', of: 'OIDC_ISSUER' },
  { key: 'OIDC_ISSUER', of: 'OIDC_CLIENT_ID' },
] as const;

/** What is wrong with keys that are each right alone. */
export function findConflicts(given: SettingsGiven, vendorKeys: readonly string[]): readonly SettingProblem[] {
  const missing: SettingProblem[] = companions
    .filter(({ key, of }) => given[of] !== undefined && given[key] === undefined)
    .map(({ key, of }) => ({
      setting: key,
      message: { code: 'field.required_with', params: { setting: of } },
    }));
  const real = vendorKeys.filter((key) => given[key] !== undefined);
  const { SANDBOX: sandbox = 'off' } = given;
  if (sandbox === 'off' || real.length === 0) return missing;
  return [
    ...missing,
    {
      setting: 'SANDBOX',
      message: { code: 'field.sandbox_beside', params: { sandbox, settings: real } },
    },
  ];
}
