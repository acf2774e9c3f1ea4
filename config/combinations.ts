/** Something wrong with a key: what it is, as the end of a sentence that begins with the key. */
export type Problem = { key: string; message: string };

/** The keys that are set, without the empty ones. */
export type Given = Readonly<Record<string, string>>;

const companions = [
  { key: 'SECRET_KEY', of: 'DATABASE_URL', why: 'every process on one database signs with the same key' },
  { key: 'MAIL_FROM', of: 'SMTP_URL', why: 'invitations must say whom they are from' },
  { key: 'OIDC_CLIENT_ID', of: 'OIDC_ISSUER', why: 'the provider answers only programs that it knows' },
  { key: 'OIDC_CLIENT_SECRET', of: 'OIDC_ISSUER', why: 'the provider answers only programs that it knows' },
  { key: 'OIDC_ISSUER', of: 'OIDC_CLIENT_ID', why: 'it says who the provider is' },
] as const;

/** What is wrong with keys that are each right alone. */
export function findConflicts(given: Given, vendorKeys: readonly string[]): readonly Problem[] {
  const missing = companions
    .filter(({ key, of }) => given[of] !== undefined && given[key] === undefined)
    .map(({ key, of, why }) => ({ key, message: `is required with ${of}: ${why}` }));
  const real = vendorKeys.filter((key) => given[key] !== undefined);
  const { SANDBOX: sandbox = 'off' } = given;
  if (sandbox === 'off' || real.length === 0) return missing;
  return [
    ...missing,
    {
      key: 'SANDBOX',
      message: `cannot be ${sandbox} beside ${real.join(', ')}: what is tried out must not reach real customers. Unset one or the other`,
    },
  ];
}
