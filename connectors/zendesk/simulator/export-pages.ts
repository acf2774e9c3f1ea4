import { invalidRequest, Refusal } from './refusals.ts';

type Exported = { id: number; updatedAt: Date };

/** Where an export stands: behind this record, as it was changed at this moment. */
type Position = { time: number; id: number };

export const exportParameters = ['start_time', 'cursor', 'per_page', 'include', 'exclude_deleted'] as const;

const youngestShown = 60_000;

/**
 * One page of what has changed, oldest first and never the last minute.
 *
 * @param address of the export itself, for the link to the next page
 * @see https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/
 */
export function exportPage<Item extends Exported>(
  all: Iterable<Item>,
  query: URLSearchParams,
  { now, address }: { now: Date; address: string },
): { page: readonly Item[]; envelope: Readonly<Record<string, unknown>> } {
  const size = readSize(query);
  const from = readPosition(query, now);
  const found = [...all]
    .filter((item) => isAfterCursor(item, from) && item.updatedAt.getTime() <= now.getTime() - youngestShown)
    .sort((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime() || a.id - b.id);
  const page = found.slice(0, size);
  const last = page.at(-1);
  const cursor = encodePosition(last ? { time: last.updatedAt.getTime(), id: last.id } : from);
  const next = new URLSearchParams(query);
  next.delete('start_time');
  next.set('cursor', cursor);
  return {
    page,
    envelope: {
      after_url: `${address}?${next}`,
      after_cursor: cursor,
      before_url: null,
      before_cursor: null,
      end_of_stream: page.length === found.length,
    },
  };
}

function readPosition(query: URLSearchParams, now: Date): Position {
  const cursor = query.get('cursor');
  const startTime = query.get('start_time');
  if ((cursor === null) === (startTime === null))
    throw invalidRequest('start_time', 'Either it or a cursor is needed.');
  if (cursor !== null) return decodePosition(cursor);
  const time = Number(startTime) * 1000;
  if (!Number.isSafeInteger(time) || time < 0) throw invalidRequest('start_time', 'It has to be a Unix time.');
  if (time > now.getTime() - youngestShown) {
    throw new Refusal(400, {
      error: 'StartTimeTooRecent',
      description: 'Too recent start_time. Use a start_time older than 60 seconds',
    });
  }
  return { time, id: 0 };
}

function readSize(query: URLSearchParams): number {
  const size = Number(query.get('per_page') ?? 1000);
  if (!Number.isInteger(size) || size < 1 || size > 1000) throw invalidRequest('per_page', 'It has to be 1 to 1000.');
  return size;
}

function isAfterCursor(item: Exported, { time, id }: Position): boolean {
  const changed = item.updatedAt.getTime();
  return changed > time || (changed === time && item.id > id);
}

function encodePosition({ time, id }: Position): string {
  return Buffer.from(`${time}|${id}`).toString('base64url');
}

function decodePosition(cursor: string): Position {
  const [, time, id] = /^(\d+)\|(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (time === undefined || id === undefined) throw invalidRequest('cursor', 'It is not a valid cursor.');
  return { time: Number(time), id: Number(id) };
}
