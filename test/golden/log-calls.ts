/** What one call of the log says: its code and its message as they are written, or a dash. */
export type LogCall = { level: string; code: string; message: string };

const call = /\blog\s*\??\.\s*(?<level>fatal|error|warn|info|debug|trace)\s*\(/gu;

/** A text, or one of two. */
const text = /^(?:[\w.]+ \? (?<either>'[^']*'|`[^`]*`) : )?(?<said>'[^']*'|"[^"]*"|`[^`]*`)$/u;

const code = /\bcode: (?<value>'[^']*'|`[^`]*`|[\w.]+)|[{,]\s*(?<shorthand>code)\b(?!:)/u;

/** What is said in these comes from elsewhere: the warnings about settings, each with its own code. */
const toldElsewhere = ['warning.says'];

/**
 * Every call of the log in a source.
 *
 * @throws Error for one that is written in another way than those known here
 */
export function logCallsIn(source: string): readonly LogCall[] {
  return [...source.matchAll(call)].flatMap(({ index, 0: { length }, groups }) => {
    const parts = argumentsFrom(source, index + length);
    const found = code.exec(parts.slice(0, -1).join())?.groups;
    return messagesOf(parts.at(-1) ?? '').map((message) => ({
      level: groups?.level ?? '',
      code: found?.value ?? found?.shorthand ?? '-',
      message,
    }));
  });
}

function messagesOf(last: string): readonly string[] {
  if (toldElsewhere.includes(last)) return [last];
  const { either, said } = text.exec(last)?.groups ?? {};
  if (said !== undefined) return either === undefined ? [said] : [either, said];
  throw new Error(`a call of the log that is not understood ends with ${last}`);
}

/** The arguments of the call that opens just before `start`, each as it is written. */
function argumentsFrom(source: string, start: number): readonly string[] {
  const parts = [''];
  let depth = 0;
  let at = start;
  while (at < source.length) {
    const [piece = ''] = /^(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|.)/su.exec(source.slice(at)) ?? [];
    at += piece.length;
    if (piece === ')' && depth === 0) return parts.map((part) => part.trim()).filter((part) => part !== '');
    if (/^[([{]$/u.test(piece)) depth += 1;
    if (/^[)\]}]$/u.test(piece)) depth -= 1;
    if (piece === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop()}${piece}`);
  }
  throw new Error('a call of the log has no end');
}
