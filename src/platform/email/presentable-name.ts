/**
 * A contact's name as an email may show it: on one line, without control characters or ones that turn the reading
 * direction around.
 *
 * Contacts choose their names themselves, and mail programs turn anything like a web address into a link: whoever can
 * open a ticket in somebody else's name could send them theirs. Such a name, and one of unreasonable length, is not
 * used.
 */
export function presentableName(raw: string | undefined): string | undefined {
  const name = onOneLine(raw ?? '');
  const misused = name.length > 80 || /:\/\/|\S@\S|[\p{L}\p{N}]\.\p{L}{2}/u.test(name);
  return name === '' || misused ? undefined : name;
}

/**
 * Safe in a header: nothing in it ends a line or hides. What has the form of an encoded word is shown as it was typed: a
 * mail program would decode it (https://www.rfc-editor.org/rfc/rfc2047), to an address that nobody looked at.
 */
export function onOneLine(raw: string): string {
  return raw
    .toWellFormed()
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll('=?', '= ?')
    .trim();
}
