/** A contact as one system shows them at the moment of a look. A field that the system does not know is absent. */
export type ContactSnapshot = {
  /** The vendor's id of the record, always as a string. */
  id: string;
  /** The primary address as the vendor has it; normalise before comparing. */
  email?: string;
  /** All addresses, the primary one included. One that several contacts share says nothing of who this is. */
  emails: readonly { address: string; verified: boolean; shared?: boolean }[];
  name?: string;
  /** BCP 47, e.g. `de` or `pt-BR`. */
  language?: string;
  /** IANA name, e.g. `Europe/Berlin`. */
  timeZone?: string;
  /** The company they belong to, by its name. */
  company?: string;
  /** The properties that were asked for by name, as text; one without a value is left out. */
  properties?: Readonly<Record<string, string>>;
  /** One of the company's own people. */
  staff?: boolean;
  suspended?: boolean;
  /** The record is owned by another account (shared tickets): it cannot be written. */
  shared?: boolean;
  /** Opted out of email in the vendor's own terms. */
  optedOut?: boolean;
  /** The vendor knows that mail to the primary address does not arrive. */
  undeliverable?: boolean;
  /** The vendor knows the primary address to be no person's: a mailing list, an email daemon, another helpdesk. */
  machine?: boolean;
  /** `feedback_do_not_survey` on the record. */
  doNotSurvey?: boolean;
  /** Ids of records that went up in this one. */
  mergedIds?: readonly string[];
  /** What the admin chose to join a contact's records by, where a field was named for it. */
  contactKey?: string;
};

/**
 * One address in one form, so that the same mailbox compares equal: trimmed, without invisible characters, Unicode
 * composed, lower case, the domain in its ASCII form. Plus-addresses stay apart: `ann+shop@example.com` may be another
 * person's rule. So do emails that only look alike: mail to `ann²@` does not reach `ann2@`.
 *
 * Dots may stand anywhere in the local part, also at its end and twice in a row: Japanese mobile providers gave out
 * such addresses. Quotes are removed where the rest needs none, e.g. `"ann"@`; a local part that does need them, such
 * as one with a space, is refused: most helpdesks and CRMs cannot hold it.
 *
 * @returns nothing when this is not an address that mail could be sent to
 */
export function normalizeEmail(raw: string): string | undefined {
  const address = raw
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    // Full-width forms are what a Japanese keyboard makes of ASCII, `＠` included.
    .replace(/[\uFF01-\uFF5E]/gu, (wide) => wide.normalize('NFKC'))
    .trim();
  const at = address.lastIndexOf('@');
  // Composed last: `H̱` is two characters, its lower case is one.
  const written = address.slice(0, at).toLowerCase().normalize('NFC');
  const local = /^"(.+)"$/u.exec(written)?.[1] ?? written;
  if (at < 1 || local.length > 64 || /[\s\p{C}@"(),:;<>[\\\]]/u.test(local)) return undefined;
  if (/^\.*$/u.test(local)) return undefined;
  const domain = asciiDomain(address.slice(at + 1));
  return domain === undefined ? undefined : `${local}@${domain}`;
}

/** The URL parser knows the rules for names in other scripts; what it would read as more than a name is refused. */
function asciiDomain(domain: string): string | undefined {
  if (/[\s/:?#@%\\]/u.test(domain)) return undefined;
  try {
    const { hostname } = new URL(`http://${domain}`);
    const isName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/u.test(hostname);
    return isName && hostname.length <= 253 ? hostname : undefined;
  } catch {
    return undefined;
  }
}
