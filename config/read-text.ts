import { readFileSync } from 'node:fs';
import type { FieldMessage } from '../src/model/messages/field-message.ts';

/** What a text file holds; or why it cannot be taken. */
export type TextFile =
  | { text: string; problem?: never; missing?: never }
  | { text?: never; problem: FieldMessage; missing: boolean };

/**
 * Reads a text file that a person has written, as UTF-8. Called for `.env` and `SURVEYS_FILE`.
 *
 * Windows editors begin UTF-8 with a byte order mark, which belongs to no key and no JSON. They can also save UTF-16,
 * which would read as nonsense: that, and bytes that are no UTF-8, are named instead.
 */
export function readText(path: string): TextFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (failure) {
    const { code } = failure as NodeJS.ErrnoException;
    const params = { path, cause: code ?? 'unknown' };
    return { problem: { code: 'field.file_unreadable', params }, missing: code === 'ENOENT' };
  }
  try {
    // The decoder leaves a byte order mark out.
    if (!looksLikeUtf16(bytes)) return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { problem: { code: 'field.file_encoding', params: { path, kind: 'unknown' } }, missing: false };
  }
  return { problem: { code: 'field.file_encoding', params: { path, kind: 'utf16' } }, missing: false };
}

/** By its byte order mark, or by every other byte of its beginning being zero, which no UTF-8 text has. */
function looksLikeUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return bytes.length >= 2 && (first === 0) !== (second === 0);
}
