import { z } from 'zod';
import { email, id, requestedTime, text } from './shapes.ts';

/** What an item says of the ticket that it came from. */
export const ticketShape = {
  connector: z.string().nullable(),
  connection: id.nullable(),
  ticket: z.string().nullable().describe('ID of the ticket in the vendor’s system. Null if the cause is not a ticket.'),
};

/** Filters of lists by time. */
export const timeFilter = {
  from: requestedTime
    .optional()
    .describe('At or after this timestamp, or the start of this day in the workspace’s time zone.'),
  until: requestedTime.optional().describe('Before this timestamp, or the start of this day.'),
};

/** Filters of lists by ticket and connection. */
export const ticketFilter = {
  ticket: text(100).optional().describe('ID of the ticket in the vendor’s system.'),
  connection: id.optional().describe('ID of the connection.'),
};

/** Filters of lists by contact. */
export const contactFilter = {
  email: email.optional().describe('One of the contact’s email addresses.'),
  contact: id.optional().describe('ID of the contact.'),
};

export const surveyFilter = text(64).optional().describe('Key of the survey.');
