import { z } from 'zod';
import { email, id, requestedTime, text } from './shapes.ts';

/** What an item says of the ticket that it came from. */
export const ticketShape = {
  connector: z.string().nullable(),
  connection: id.nullable(),
  ticket: z.string().nullable().describe('The vendor’s id of the ticket; null where none was the occasion.'),
};

/** Filters of lists by time. */
export const timeFilter = {
  from: requestedTime
    .optional()
    .describe('Not before this moment, or the beginning of this day in the workspace’s time zone.'),
  until: requestedTime.optional().describe('Before this moment, or the beginning of this day.'),
};

/** Filters of lists by ticket and connection. */
export const ticketFilter = {
  ticket: text(100).optional().describe('The vendor’s id of the ticket.'),
  connection: id.optional().describe('The id of a connection.'),
};

/** Filters of lists by contact. */
export const contactFilter = {
  email: email.optional().describe('One of the contact’s addresses.'),
  contact: id.optional().describe('The contact’s id.'),
};

export const surveyFilter = text(64).optional().describe('The survey’s key.');
