import type { TicketMark } from '../../src/connector.ts';

/** The internal note about an answer, for the agents. */
export function noteFor(mark: TicketMark): string {
  const { rating, scale, category, comment } = mark;
  return [
    `The customer answered ${rating} of ${scale} (${category}).`,
    ...(comment ? [comment] : []),
    lastLine(mark),
  ].join('\n\n');
}

/** Whether this comment is the note about that answer. */
export function standsIn(body: string, mark: TicketMark): boolean {
  return body.includes(lastLine(mark));
}

/** No two answers about a ticket have the same one. */
function lastLine({ metric, answeredAt }: TicketMark): string {
  return `Scoreback: ${metric.toUpperCase()} answer of ${answeredAt.toISOString()}`;
}
