import { z } from 'zod';
import type { Replayed } from './dry-run.ts';

const timestamp = z.iso.datetime().transform((text) => new Date(text));

const replayed = z.object({
  connector: z.string(),
  ticket: z.string(),
  resolvedAt: timestamp,
  verdict: z.enum(['asked', 'waiting', 'skipped']),
  reason: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }),
  dueAt: timestamp.optional(),
  contact: z
    .object({
      key: z.string(),
      asked: z.array(z.object({ metric: z.enum(['nps', 'csat', 'ces']), survey: z.string(), at: timestamp })),
    })
    .optional(),
});

const place = z.object({
  /** What is still to be read of each connection's changed tickets. */
  reading: z.array(z.object({ connection: z.string(), cursor: z.string().optional(), finished: z.boolean() })),
  /** Tickets that changed and are still to be looked at. */
  queue: z.array(z.object({ connection: z.string(), ticket: z.string() })),
  /** Pages repeat tickets. */
  seen: z.array(z.string()),
  replayed: z.array(replayed),
});

/** Where a run goes on: it is kept between two turns, and gone when the run ends. */
export type Place = Omit<z.infer<typeof place>, 'replayed'> & { replayed: Replayed[] };

export function emptyPlace(connections: readonly string[]): Record<string, unknown> {
  return {
    reading: connections.map((connection) => ({ connection, finished: false })),
    queue: [],
    seen: [],
    replayed: [],
  };
}

export function readPlace(saved: unknown): Place {
  return place.parse(saved) as Place;
}

/** As it is kept: moments as text. */
export function writePlace(of: Place): Record<string, unknown> {
  return JSON.parse(JSON.stringify(of)) as Record<string, unknown>;
}
