/**
 * Reads changed tickets from the vendor, after an event or by polling, and finds out which were resolved, reopened or
 * deleted. Owns the tables `ticket` and `resolution`. The jobs `dispatch` and `poll` call it; it tells later modules
 * through listeners.
 */
export type { TicketsContext } from './context.ts';
export { dispatchEvents } from './dispatch-events.ts';
export { poll } from './poll.ts';
export { isAnother, processTicket } from './process-ticket.ts';
export { findTickets, type LockedTicket, lockTickets, markRefreshed } from './queries/refreshed-tickets.ts';
export { endAskedBefore } from './queries/reopenings.ts';
export { type DueMark, dueMarks, markTicketLater, nextMarks, noteMarked, saveMark } from './queries/ticket-marks.ts';
export { findResolution, findTicket, lockTicketRow, type ResolutionRow, type TicketRow } from './queries/tickets.ts';
export { readTickets, type TicketReading } from './read-tickets.ts';
