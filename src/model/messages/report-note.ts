import type { Message } from './message.ts';

/** What to know when reading a report; `scales` are such as `CSAT 1–5`. */
export type ReportNote = Message<'scales_differ', { scales: readonly string[] }>;
