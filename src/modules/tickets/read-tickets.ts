import type { Tickets } from '../../connector.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { TicketSnapshot } from '../../model/ticket.ts';
import type { LiveConnection } from '../connections/index.ts';

/** What reading one ticket came to: the ticket (nothing when the vendor knows none), or why it could not be read. */
export type TicketReading =
  | { snapshot: TicketSnapshot | undefined }
  /** @param toBlame whether the ticket is: the vendor has just shown others */
  | { failure: unknown; toBlame: boolean };

type FindOptions = Parameters<Tickets['find']>[1];

/**
 * How many tickets a connection is asked for at once, and whether it has shown any since its last failure. After a
 * failure that one ticket may have caused, fewer are read at once, down to one; each success doubles them.
 */
type BatchSize = { atOnce: number; served: boolean };

/**
 * Reads tickets in batches of the vendor's size. A batch that cannot be read is halved until the ticket that is to
 * blame stands alone: at once where the vendor refuses the request, and from call to call where its server fails,
 * because a connection that has failed has to wait first. Never throws.
 *
 * @returns one reading for each id
 */
export async function readTickets(
  { capabilities: { tickets }, memory }: Pick<LiveConnection, 'capabilities' | 'memory'>,
  ids: readonly string[],
  options?: FindOptions,
): Promise<ReadonlyMap<string, TicketReading>> {
  const readings = new Map<string, TicketReading>();
  if (!tickets) return readings;
  const size = memory.of<BatchSize>('tickets', () => ({ atOnce: tickets.batchSize, served: false }));
  // By chance, so that one ticket that makes the server fail is not for ever read before all others.
  const waiting = size.atOnce < tickets.batchSize ? shuffled(ids) : [...new Set(ids)];
  while (waiting.length > 0) {
    const some = waiting.splice(0, size.atOnce);
    try {
      for (const [id, reading] of await readSome(tickets, some, options)) readings.set(id, reading);
      size.served = true;
      size.atOnce = Math.min(tickets.batchSize, size.atOnce * 2);
    } catch (failure) {
      const toBlame = some.length === 1 && size.served && mayBeAboutOne(failure);
      for (const id of some) readings.set(id, { failure, toBlame });
      for (const id of waiting.splice(0)) readings.set(id, { failure, toBlame: false });
      size.served = false;
      if (mayBeAboutOne(failure)) size.atOnce = Math.ceil(some.length / 2);
    }
  }
  return readings;
}

/** @throws what concerns the connection */
async function readSome(
  tickets: Tickets,
  ids: readonly string[],
  options: FindOptions,
): Promise<readonly (readonly [string, TicketReading])[]> {
  try {
    const found = new Map((await tickets.find(ids, options)).map((snapshot) => [snapshot.id, snapshot]));
    return ids.map((id) => [id, { snapshot: found.get(id) }] as const);
  } catch (failure) {
    if (concernsConnection(failure)) throw failure;
    const [only, ...others] = ids;
    if (only !== undefined && others.length === 0) return [[only, { failure, toBlame: true }]];
    const middle = Math.ceil(ids.length / 2);
    const half = await readSome(tickets, ids.slice(0, middle), options);
    return [...half, ...(await readSome(tickets, ids.slice(middle), options))];
  }
}

function concernsConnection(failure: unknown): boolean {
  return (failure instanceof UpstreamBusy || failure instanceof UpstreamRefused) && failure.concerns === 'connection';
}

/** A vendor that says how long to wait is busy with other things. */
function mayBeAboutOne(failure: unknown): boolean {
  return failure instanceof UpstreamBusy && failure.retryAfter === undefined;
}

function shuffled(ids: readonly string[]): string[] {
  return [...new Set(ids)]
    .map((id) => ({ id, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ id }) => id);
}
