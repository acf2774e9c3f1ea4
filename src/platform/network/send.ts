import type { Agent } from 'undici';
import type { Send } from '../../connector.ts';
import { NoAnswer, UpstreamRefused } from '../../model/errors.ts';
import { openWhenUsed } from '../open-when-used.ts';
import { type AddressRule, anyAddress } from './address-rules.ts';
import { guardedLookup, type Lookup, RefusedAddress, UnresolvedName, verifyLiteral } from './guarded-lookup.ts';

/** The most bytes of an answer that are read, decompressed: several times what the largest page of a vendor has. */
const usualLimit = 20_000_000;

/** What leaves by HTTP under one rule, over connections that are kept open. */
export type Outgoing = { send: Send; stop(): Promise<void> };

/**
 * The one way in which connectors send requests. Addresses are checked when a connection is opened, redirects are never
 * followed, an answer is read only up to its limit, and the deadline ends the request itself.
 *
 * @param allows to which addresses connections may be opened
 * @param options.lookup what resolves names, in tests
 */
export function createOutgoing(allows: AddressRule, { lookup }: { lookup?: Lookup } = {}): Outgoing {
  const agent = openWhenUsed(
    () => createAgent(allows, lookup),
    (opened) => opened.destroy(),
  );

  const send: Send = async ({ url, method, headers, body, timeout, limit = usualLimit }) => {
    const signal = AbortSignal.timeout(timeout);
    const init: RequestInit = { method, headers, redirect: 'manual', signal, ...(body === undefined ? {} : { body }) };
    // Node's own fetch takes an agent of undici's; only its types are of another version.
    Object.assign(init, { dispatcher: await agent.get() });
    try {
      const response = await fetch(verifyUrl(url), init);
      return { status: response.status, headers: response.headers, text: await readText(response, limit) };
    } catch (problem) {
      throw failureOf(problem);
    }
  };

  return { send, stop: async () => void (await agent.close()) };
}

/** Made, and its library loaded, when something is first sent. */
async function createAgent(allows: AddressRule, lookup: Lookup | undefined): Promise<Agent> {
  const { Agent, buildConnector } = await import('undici');
  const connector = buildConnector(allows === anyAddress ? {} : { lookup: guardedLookup(allows, lookup) });
  return new Agent({
    connect(options, callback) {
      try {
        verifyLiteral(options.hostname.replace(/^\[|\]$/gu, ''), allows);
      } catch (failure) {
        return callback(failure as Error, null);
      }
      return connector(options, callback);
    },
  });
}

/** A name and a password in a URL would be sent to whoever answers there. */
function verifyUrl(url: string): string {
  const { username, password } = new URL(url);
  if (username !== '' || password !== '') throw new TypeError('A URL to call carries no credentials.');
  return url;
}

class TooLarge extends Error {}

/** Leaving the loop cancels the rest, however it was compressed. */
async function readText(response: Response, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw new TooLarge();
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** The cause stays out: it may quote the address, and the address an email. */
function failureOf(problem: unknown): Error {
  if (problem instanceof TooLarge) return new NoAnswer('ANSWER_TOO_LARGE');
  if (problem instanceof Error && problem.name === 'TimeoutError') {
    return new NoAnswer('TIMED_OUT');
  }
  for (let at: unknown = problem; at instanceof Error; at = at.cause) {
    if (at instanceof RefusedAddress) return refusedAddress();
    if (at instanceof UnresolvedName) return new NoAnswer(at.code, { isUnresolved: true });
    if ('code' in at && typeof at.code === 'string') return new NoAnswer(at.code);
  }
  return new NoAnswer('LINE_DROPPED');
}

/** The same whatever is or is not there, and whether or not there is such a name: nobody finds out by it. */
export function refusedAddress(): UpstreamRefused {
  return new UpstreamRefused({ code: 'upstream.address_not_public', params: {} }, { concerns: 'connection' });
}
