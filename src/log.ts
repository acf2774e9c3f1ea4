import pino, { type Logger } from 'pino';

/**
 * Structured log lines without personal data. Whoever writes one leaves such data out; this is the net beneath: what
 * looks like an address is masked in every line, and of an error only what cannot hold a value is kept.
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError },
    hooks: { streamWrite: maskAddresses },
  });
}

function maskAddresses(line: string): string {
  return line.replace(/[^\s"'<>(),:;=/\\]+@[^\s"'<>(),:;=/\\]+\.[a-z]{2,}/giu, '(address)');
}

/** The driver puts a statement's values into its message and into `detail`: neither goes on. */
function describeError(failure: unknown): object {
  if (!(failure instanceof Error)) return { type: typeof failure };
  const { code, constraint, cause } = failure as Error & { code?: unknown; constraint?: unknown };
  return {
    type: failure.name,
    message: failure.message.split('\nparams:')[0],
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    stack: (failure.stack ?? '').split('\n').filter((line) => line.startsWith('    at ')),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}
