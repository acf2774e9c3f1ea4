import { UpstreamBusy } from '../../src/model/errors.ts';
import { minuteMs } from '../../src/model/time-units.ts';
import { say } from './messages.ts';

/**
 * Updates of one ticket by one user: https://developer.zendesk.com/api-reference/introduction/rate-limits/
 * Whoever owns our credentials may work on the ticket as well, so that Zendesk may still refuse earlier.
 */
const most = { updates: 30, window: 10 * minuteMs };

/** How many updates of a ticket are left to us, as far as this process can know. */
export type TicketUpdates = {
  /** Takes one from the allowance. @throws UpstreamBusy with the wait when there is none left */
  take(ticketId: string): void;
};

export function createTicketUpdates(clock: () => Date): TicketUpdates {
  let recent: { ticketId: string; at: number }[] = [];
  return {
    take(ticketId) {
      const now = clock().getTime();
      recent = recent.filter(({ at }) => now - at < most.window);
      const ofTicket = recent.filter((update) => update.ticketId === ticketId);
      const [oldest] = ofTicket;
      if (oldest && ofTicket.length >= most.updates)
        throw new UpstreamBusy(say({ code: 'zendesk.ticket_updates_used_up', params: {} }), {
          retryAfter: oldest.at + most.window - now,
          concerns: 'request',
        });
      recent.push({ ticketId, at: now });
    },
  };
}
