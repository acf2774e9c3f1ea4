import type { Database } from '../src/platform/database/database.ts';

type Embedded = Extract<Database['engine'], { embedded: unknown }>['embedded'];
type Client = Pick<Embedded, 'execProtocolStream'>;
type Message = Awaited<ReturnType<Client['execProtocolStream']>>[number];

/** A statement that the database has parsed and planned, with what it says of its parameters and columns. */
type Prepared = { name: string; described?: readonly Message[] };

/** Where the content of a message begins: after its kind, which is one byte, and its length, which is four. */
const body = 5;
const sync = Buffer.from('S\0\0\0\x04', 'latin1');
const utf8 = new TextDecoder();

/** What may change the columns of a statement that was prepared before, or forget it. */
const changesSchema = /\b(?:create|alter|drop|deallocate|discard|search_path)\b/iu;

/** So many are kept: lists of parameters of every length make ever new statements. */
const mostKept = 1000;

/**
 * Lets an embedded database prepare the statements that come again. PGlite has every statement parsed, described,
 * planned and run in six calls; a test sends some hundred statements, and most of them were sent by the tests before
 * it. These take one call with what was prepared, which spares a test a fifth of its time. The answers are the same.
 */
export function prepareRepeated(client: Client): void {
  const send = client.execProtocolStream.bind(client);
  const seen = new Map<string, Prepared | undefined>();
  /** What the database can forget with the next message. */
  const stale: string[] = [];
  let made = 0;
  /** What the query under way uses, and what of it waits to be sent together. */
  let current: Prepared | undefined;
  let bound: Uint8Array | undefined;
  let isSynced = false;

  function forgetAll(): void {
    for (const prepared of seen.values()) if (prepared) stale.push(prepared.name);
    seen.clear();
  }

  function begin(message: Uint8Array): Uint8Array | undefined {
    const statement = utf8.decode(message.subarray(body));
    current = undefined;
    isSynced = false;
    if (changesSchema.test(statement)) {
      forgetAll();
      return message;
    }
    const known = seen.get(statement);
    if (known?.described) {
      current = known;
      return undefined;
    }
    if (!seen.has(statement)) {
      if (seen.size >= mostKept) forgetAll();
      seen.set(statement, undefined);
      return message;
    }
    made += 1;
    current = { name: `repeated-${made}` };
    seen.set(statement, current);
    return named(message, body, current.name);
  }

  client.execProtocolStream = async (message, options) => {
    const kind = String.fromCharCode(message[0] ?? 0);
    if (kind === 'Q') {
      if (changesSchema.test(utf8.decode(message.subarray(body)))) forgetAll();
      return send(message, options);
    }
    if (kind === 'P') {
      const toParse = begin(message);
      return toParse ? send(Buffer.concat([...stale.splice(0).map(closing), toParse]), options) : [];
    }
    if (kind === 'S' && isSynced) {
      isSynced = false;
      return [];
    }
    if (!current) return send(message, options);
    if (kind === 'D' && message[body] === 'S'.charCodeAt(0)) {
      current.described ??= await send(named(message, body + 1, current.name), options);
      return [...current.described];
    }
    if (kind === 'B') {
      bound = named(message, message.indexOf(0, body) + 1, current.name);
      return [];
    }
    if (kind === 'D')
      return (current.described ?? []).filter(({ name }) => name === 'rowDescription' || name === 'noData');
    if (kind === 'E' && bound) {
      const together = Buffer.concat([bound, message, sync]);
      bound = undefined;
      isSynced = true;
      return send(together, options);
    }
    return send(message, options);
  };
}

function closing(name: string): Uint8Array {
  const message = Buffer.from(`C\0\0\0\0S${name}\0`, 'latin1');
  message.writeInt32BE(message.length - 1, 1);
  return message;
}

/** The message with this name in the place of the empty one at `at`. */
function named(message: Uint8Array, at: number, name: string): Uint8Array {
  const result = Buffer.concat([message.subarray(0, at), Buffer.from(name), message.subarray(at)]);
  result.writeInt32BE(result.length - 1, 1);
  return result;
}
