import pino, { type DestinationStream, type Logger } from 'pino';

/**
 * Structured log lines without personal data. Whoever writes one leaves such data out; this is the net beneath: what
 * looks like an address is masked in every line, and of an error only what cannot hold a value is kept.
 *
 * @param destination takes the lines; without it, standard output
 */
export function createLog(level: string, destination: DestinationStream = pino.destination(1)): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      hooks: { streamWrite: maskAddresses },
    },
    destination,
  );
}

/**
 * A character escaped in JSON, which is no part of an address, or a run of characters that an address may consist of.
 * Every character is passed once: what strangers send stands in these lines too, and must not cost more the longer it is.
 */
const runs = /\\(?:u[\da-f]{4}|.)|[^\s"'<>(),:;=/\\]+/giu;

/** Puts `(address)` in the place of everything that looks like an email address. Linear in the length of the line. */
export function maskAddresses(line: string): string {
  return line.replace(runs, (run) => (isAddress(run) ? '(address)' : run));
}

/** Also without what stands before the sign, because a name may hold a quotation mark, which ends a run. */
function isAddress(run: string): boolean {
  const at = run.indexOf('@');
  return at >= 0 && /\.\p{L}{2}/u.test(run.slice(at + 2));
}

/** The driver puts a statement's values into its message and into `detail`: neither goes on. */
function describeError(failure: unknown): object {
  if (!(failure instanceof Error)) return { type: typeof failure };
  const { code, constraint, cause } = failure as Error & { code?: unknown; constraint?: unknown };
  return {
    type: failure.name,
    // biome-ignore lint/plugin: the driver's message is nobody's code, and only its values have to go
    message: failure.message.split('\nparams:')[0],
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    stack: (failure.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
