/**
 * Receives webhooks: verifies the sender, saves the events and answers the vendor. Owns the tables `received_event`
 * and `event`. Vendors call its routes; the module `tickets` works on the events.
 */
export type { EventsContext } from './context.ts';
export { createEventBuffer, type EventBuffer } from './event-buffer.ts';
export {
  addEvents,
  claimEvents,
  countWaitingEvents,
  type EventRow,
  finishEvents,
  forgetEvents,
  hasReceivedEvents,
  listDueObjects,
  nextEvents,
  postponeEvents,
  releaseEvents,
} from './queries/events.ts';
export { eventRoutes } from './routes/events.ts';
export { eventListRoutes } from './routes/list.ts';
export { webhookRoutes } from './routes/webhooks.ts';
export { sortEvents } from './sort-events.ts';
export { findWebhookConnections, verifySender } from './verify-sender.ts';
