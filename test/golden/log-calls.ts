/** What one call of the log says: its code and its message as they are written, or a dash. */
export type LogCall = { level: string; code: string; message: string };

const call = /\blog\s*(?:\??\.\s*(?<level>fatal|error|warn|info|debug|trace)|\[(?<chosen>\w+)\])\s*\(/gu;

/** A text, or one of two. */
const text = /^(?:[\w.]+ \? (?<either>'[^']*'|`[^`]*`) : )?(?<said>'[^']*'|"[^"]*"|`[^`]*`)$/u;

/** One of the texts that stand in the same file. */
const table = /^(?<name>\w+)\[\w+\]$/u;

const code = /\bcode: (?<value>'[^']*'|`[^`]*`|[\w.]+)|[{,]\s*(?<shorthand>code)\b(?!:)/u;

/**
 * Every call of the log in a source.
 *
 * @throws Error for one that is written in another way than those known here
 */
export function logCallsIn(source: string): readonly LogCall[] {
  return [...source.matchAll(call)].flatMap(({ index, 0: { length }, groups }) => {
    const parts = argumentsFrom(source, index + length);
    const found = code.exec(parts.slice(0, -1).join())?.groups;
    return messagesOf(parts.at(-1) ?? '', source).map((message) => ({
      level: groups?.level ?? groups?.chosen ?? '',
      code: found?.value ?? found?.shorthand ?? '-',
      message,
    }));
  });
}

function messagesOf(last: string, source: string): readonly string[] {
  const { either, said } = text.exec(last)?.groups ?? {};
  if (said !== undefined) return either === undefined ? [said] : [either, said];
  const name = table.exec(last)?.groups?.name;
  const [, entries = ''] = new RegExp(`const ${name}\\b[^{]*\\{(.*?)\\n\\}`, 'su').exec(source) ?? [];
  const texts = entries.match(/'[^']*'/gu);
  if (texts) return texts;
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
