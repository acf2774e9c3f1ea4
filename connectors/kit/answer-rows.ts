import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';
import { z } from 'zod';

/** Something in an answer that was read around: a row that was left out, or a word that nobody here knows. */
export type Oddity = { code: 'row_unreadable' | 'state_unknown'; id?: string; at: string };

/** What the parsing under way has met: zod hands nothing of ours down to the rows. */
const parsing = new AsyncLocalStorage<Oddity[]>();

/**
 * Parses an answer, and tells what in it was odd. Nothing of a customer's is in it: ids, names of fields, and words of
 * the vendor's own.
 */
export function parseNotingOddities<T>(schema: z.ZodType<T>, content: unknown) {
  const oddities: Oddity[] = [];
  const parsed = parsing.run(oddities, () => schema.safeParse(content));
  return { parsed, oddities };
}

export function noteOddity(oddity: Oddity): void {
  parsing.getStore()?.push(oddity);
}

/** A list of which each row is read alone: one that cannot be read is left out and noted. */
export function rows<T>(row: z.ZodType<T>) {
  return z.array(z.unknown()).transform((sent) => readRows(row, sent));
}

/** Likewise where the list may be missing, or be something else: then it is empty. */
export function sideloadedRows<T>(row: z.ZodType<T>) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((sent) => readRows(row, sent));
}

function readRows<T>(row: z.ZodType<T>, sent: readonly unknown[]): T[] {
  return sent.flatMap((one) => {
    const parsed = row.safeParse(one);
    if (parsed.success) return [parsed.data];
    const at = parsed.error.issues.map(({ path }) => path.join('.') || 'row').join(', ');
    noteOddity({ code: 'row_unreadable', at, ...idOf(one) });
    return [];
  });
}

/** In one line of the log. */
const mostShown = 20;

/** Logs what was odd in one answer, a line a kind. */
export function logOddities(
  log: Pick<Logger, 'warn' | 'debug'>,
  connector: string,
  route: string,
  met: readonly Oddity[],
): void {
  for (const [code, odd] of Map.groupBy(met, ({ code }) => code)) {
    const shown = odd.slice(0, mostShown).map(({ id, at }) => ({ id, at }));
    const about = { connector, route, count: odd.length, shown };
    if (code === 'row_unreadable') {
      log.warn(
        { code: 'answer.row_unreadable', ...about },
        'Rows of a vendor’s answer cannot be read and were skipped.',
      );
    } else log.debug({ code: 'answer.state_unknown', ...about }, 'A vendor uses a state that is not known here.');
  }
}

function idOf(row: unknown): Pick<Oddity, 'id'> {
  const { data } = z.object({ id: z.union([z.string().regex(/^[\w-]{1,64}$/u), z.number()]) }).safeParse(row);
  return data ? { id: String(data.id) } : {};
}
