import { randomUUID } from 'node:crypto';
import express, { type Express } from 'express';
import type { Simulator, SimulatorOptions } from '../../../src/connector.ts';
import { type Account, type Contact, createAccount, type Ticket } from './account.ts';
import { agentRoutes } from './agents.ts';
import { authenticate } from './authentication.ts';
import { contactFieldRoutes } from './contact-fields.ts';
import { showValues } from './contact-values.ts';
import { addContact, contactRoutes } from './contacts.ts';
import { createDeliveries } from './deliveries.ts';
import { createDisturbances } from './disturbances.ts';
import { createRateLimits } from './rate-limits.ts';
import { answerRefusal, notFound } from './refusals.ts';
import { createRequestLog } from './request-log.ts';
import { moveTicket, openTicket, ticketRoutes } from './tickets.ts';

export type FreshdeskTicket = Parameters<Simulator['addTicket']>[0] & {
  /** By Freshdesk's number; email (1) unless given. */
  source?: number;
  /** No agent has it. */
  unassigned?: boolean;
};

/** The hands that only this vendor has. */
export type FreshdeskSimulator = Simulator & { addTicket(ticket: FreshdeskTicket): string };

/**
 * A Freshdesk account in memory: its API, its limits, one automation rule, and a hand inside it.
 *
 * Freshdesk knows no shared contacts, and shows neither opt-outs nor mail that does not arrive: these leave no trace.
 */
export function simulateFreshdesk({ clock, baseUrl, webhookUrl }: SimulatorOptions): FreshdeskSimulator {
  const apiKey = `fake-freshdesk-key-${randomUUID()}`;
  const secret = `fake-freshdesk-webhook-secret-${randomUUID()}`;
  const account = createAccount(clock);
  const disturbances = createDisturbances();
  const deliveries = createDeliveries({ url: webhookUrl, secret, obstacle: disturbances.obstacle });
  const log = createRequestLog(clock);
  const limits = createRateLimits(clock);

  const api = express.Router();
  api.use(limits.account, authenticate(apiKey));
  api.use(contactFieldRoutes(account), contactRoutes(account, limits));
  api.use(ticketRoutes(account, limits), agentRoutes(account));

  function move(id: string, status: 'open' | 'resolved'): void {
    const ticket = ticketOf(account, id);
    moveTicket(account, ticket, status);
    deliveries.announce(ticket);
  }

  return {
    handler: assemble([log.record, disturbances.disturbCall], api),
    environment: {
      FRESHDESK_DOMAIN: 'sandbox.freshdesk.com',
      FRESHDESK_BASE_URL: baseUrl,
      FRESHDESK_API_KEY: apiKey,
      FRESHDESK_WEBHOOK_SECRET: secret,
    },
    addContact({ name, email, otherEmails = [], language, staff, suspended }) {
      if (staff) return hire(account, name, email);
      const known = { ...(email === undefined ? {} : { email }), ...(language === undefined ? {} : { language }) };
      const others = otherEmails.map(({ address }) => address);
      return String(addContact(account, { name, ...known, otherEmails: others, blocked: suspended ?? false }).id);
    },
    addTicket({
      requesterId: recordId,
      subject,
      agent,
      publicReplies = 1,
      source = 1,
      unassigned = false,
    }: FreshdeskTicket) {
      const requesterId = Number(recordId);
      if (!account.contacts.has(requesterId) && !account.agents.has(requesterId)) {
        throw new Error(`there is nobody ${recordId}`);
      }
      const responderId = unassigned ? null : account.ensureAgent(agent).id;
      const opened = { subject, requesterId, responderId, source, answered: publicReplies > 0 };
      return String(openTicket(account, opened).id);
    },
    resolve: (ticketId) => move(ticketId, 'resolved'),
    reopen: (ticketId) => move(ticketId, 'open'),
    reassign(ticketId, recordId) {
      const ticket = ticketOf(account, ticketId);
      ticket.requesterId = contactOf(account, recordId).id;
      ticket.updatedAt = clock();
    },
    removeTicket(ticketId) {
      ticketOf(account, ticketId).deleted = true;
    },
    removeContact(recordId) {
      contactOf(account, recordId).deleted = true;
    },
    restoreContact(recordId) {
      contactOf(account, recordId).deleted = false;
    },
    record(recordId) {
      const contact = account.contacts.get(Number(recordId));
      return contact && showValues(account, contact.values);
    },
    recordIdByEmail: (email) => account.findContactByEmail(email)?.id.toString(),
    disturb: disturbances.add,
    calm() {
      disturbances.calm();
      deliveries.release();
    },
    requests: log.requests,
    deliveries: deliveries.attempts,
    redeliver: deliveries.redeliver,
    settled: deliveries.settled,
    async stop() {
      deliveries.stop();
      disturbances.stop();
    },
  };
}

function assemble(first: readonly express.RequestHandler[], api: express.Router): Express {
  const app = express().disable('x-powered-by').disable('etag');
  app.use(...first);
  app.use('/api/v2', api);
  app.use(() => {
    throw notFound();
  });
  app.use(answerRefusal);
  return app;
}

function ticketOf(account: Account, id: string): Ticket {
  const ticket = account.tickets.get(Number(id));
  if (!ticket) throw new Error(`there is no ticket ${id}`);
  return ticket;
}

function contactOf(account: Account, id: string): Contact {
  const contact = account.contacts.get(Number(id));
  if (!contact) throw new Error(`there is no contact ${id}`);
  return contact;
}

function hire(account: Account, name: string, email: string | undefined): string {
  const agent = { id: account.nextId(), name, email: email ?? null };
  account.agents.set(agent.id, agent);
  return String(agent.id);
}
