import type { RequestListener } from 'node:http';
import express, { type Router } from 'express';
import type { Simulator, SimulatorOptions } from '../../../src/connector.ts';
import { type Account, createAccount, type Ticket, type User } from './account.ts';
import { createAudienceRoutes } from './audiences.ts';
import { createAuthentication, inventCredentials } from './authentication.ts';
import { addContact, eraseUser, mergeUsers, removeUser, restoreUser, type ZendeskContact } from './contacts.ts';
import { createDeletedUserRoutes } from './deleted-users.ts';
import { createCourier } from './deliveries.ts';
import { createDisturbances } from './disturbances.ts';
import { createJobStatuses } from './job-statuses.ts';
import { createRateLimits, suiteGrowth } from './rate-limits.ts';
import { answerRefusal, unknownEndpoint } from './refusals.ts';
import { createRequestLog } from './request-log.ts';
import { changeRequester, mergeTickets, moveTicket, openTicket, removeTicket } from './ticket-changes.ts';
import { createTicketExportRoutes } from './ticket-exports.ts';
import { createTicketUpdateRoutes } from './ticket-updates.ts';
import { createTicketRoutes } from './tickets.ts';
import { createUserFieldRoutes } from './user-fields.ts';
import { createUserRoutes, showUserFields } from './users.ts';
import { createWebhookRoutes, type Webhook } from './webhooks.ts';

export type ZendeskSimulator = Simulator & {
  /** The older way in, beside the OAuth client of `environment`. */
  apiToken: { email: string; token: string };
  /** As Zendesk does by itself, days after a ticket was solved. */
  close(ticketId: string): void;
  /** A view that holds these tickets. @returns its id */
  addView(ticketIds: readonly string[]): string;
  /** Texts in the fields of users are kept in this form from now on. */
  storeTexts(as: (text: string) => string): void;
  addContact(contact: ZendeskContact): string;
  addTicket(ticket: ZendeskTicket): string;
};

export type ZendeskTicket = Parameters<Simulator['addTicket']>[0] & {
  channel?: string;
  supportType?: 'agent' | 'ai_agent';
  /** An agent opened it for the customer. */
  openedByAgent?: boolean;
  /** Nobody of the team has it. */
  unassigned?: boolean;
  /** The id of the closed ticket that it follows up. */
  followsUp?: string;
};

/**
 * An admin, an agent and a group, in one account that has no customers yet. `webhookUrl` is not used: webhooks are made
 * by API.
 */
export function simulateZendesk(options: SimulatorOptions, { plan = suiteGrowth } = {}): ZendeskSimulator {
  const { clock, baseUrl } = options;
  const credentials = inventCredentials();
  const disturbances = createDisturbances();
  const webhooks = new Map<string, Webhook>();
  const views = new Map<number, readonly Ticket[]>();
  const courier = createCourier({ clock, webhooks, obstacle: disturbances.obstacle });
  const account = createAccount({ clock, baseUrl }, courier.announce);
  const { tokens, authenticate, expireTokens } = createAuthentication(account, credentials);
  const limits = createRateLimits(clock, plan);
  const jobs = createJobStatuses(account);
  const log = createRequestLog(clock);

  /** Lets happen what has come due since anybody last looked. */
  function catchUp(): void {
    jobs.advance();
    courier.sendDue();
  }

  const api = express.Router();
  api.use(authenticate, limits.account);
  api.use(createUserRoutes(account, jobs, limits), jobs.routes, createUserFieldRoutes(account));
  api.use(createDeletedUserRoutes(account));
  api.use(
    createTicketRoutes(account),
    createTicketUpdateRoutes(account, jobs, limits),
    createAudienceRoutes(account, views, limits),
    createTicketExportRoutes(account, limits),
    createWebhookRoutes(account, webhooks),
  );

  const handler = assemble([tellTime(clock), log.record, disturbances.disturbCall], catchUp, tokens, api);

  return {
    handler,
    apiToken: { email: account.admin.identities[0]?.address ?? '', token: credentials.apiToken },
    environment: {
      ZENDESK_SUBDOMAIN: 'sandbox',
      ZENDESK_BASE_URL: baseUrl,
      ZENDESK_CLIENT_ID: credentials.clientId,
      ZENDESK_CLIENT_SECRET: credentials.clientSecret,
    },
    close: (ticketId) => moveTicket(account, ticketOf(account, ticketId), 'closed'),
    storeTexts(as) {
      account.storedText = as;
    },
    reassign: (ticketId, recordId) => changeRequester(account, ticketOf(account, ticketId), userOf(account, recordId)),
    addContact: (contact: ZendeskContact) => String(addContact(account, contact).id),
    addTicket({ requesterId: recordId, subject, agent, publicReplies = 1, ...more }: ZendeskTicket) {
      const { channel = 'email', supportType = 'agent', openedByAgent, unassigned, followsUp } = more;
      const requester = userOf(account, recordId);
      const opened = openTicket(account, {
        ...{ requester, subject, publicReplies, channel, supportType },
        submitter: openedByAgent ? account.ensureAgent(agent) : requester,
        assignee: unassigned ? undefined : account.ensureAgent(agent),
        followsUp: followsUp === undefined ? undefined : ticketOf(account, followsUp),
      });
      return String(opened.id);
    },
    resolve: (ticketId) => moveTicket(account, ticketOf(account, ticketId), 'solved'),
    reopen: (ticketId) => moveTicket(account, ticketOf(account, ticketId), 'open'),
    record(recordId) {
      catchUp();
      const user = account.users.get(Number(recordId));
      return user?.active ? showUserFields(account, user) : undefined;
    },
    mergeTickets: (loserId, winnerId) => mergeTickets(account, ticketOf(account, loserId), ticketOf(account, winnerId)),
    removeTicket: (ticketId) => removeTicket(account, ticketOf(account, ticketId)),
    mergeContacts: (loserId, winnerId) => mergeUsers(account, userOf(account, loserId), userOf(account, winnerId)),
    removeContact: (recordId) => removeUser(account, userOf(account, recordId)),
    restoreContact: (recordId) => restoreUser(account, userOf(account, recordId)),
    eraseContact(recordId) {
      const user = userOf(account, recordId);
      if (user.active) removeUser(account, user);
      eraseUser(account, user);
    },
    expireToken: expireTokens,
    marks(ticketId) {
      const ticket = account.tickets.get(Number(ticketId));
      const notes = ticket?.comments.filter((comment) => !comment.public).map(({ body }) => body);
      return ticket && { tags: ticket.tags, notes };
    },
    addView(ticketIds) {
      const id = account.identifiers.next();
      views.set(
        id,
        ticketIds.map((ticketId) => ticketOf(account, ticketId)),
      );
      return String(id);
    },
    recordIdByEmail: (email) => account.findUsersByEmail(email)[0]?.id.toString(),
    disturb: disturbances.add,
    calm() {
      disturbances.calm();
      courier.release();
    },
    requests: log.requests,
    deliveries: courier.attempts,
    redeliver: courier.redeliver,
    async settled() {
      catchUp();
      await courier.settled();
    },
    async stop() {
      jobs.stop();
      courier.stop();
      disturbances.stop();
    },
  };
}

function assemble(
  first: readonly express.RequestHandler[],
  catchUp: () => void,
  tokens: Router,
  api: Router,
): RequestListener {
  const app = express().disable('x-powered-by').disable('etag');
  app.use(...first);
  app.use((request, _response, next) => {
    catchUp();
    // Every path may end in .json.
    request.url = request.url.replace(/\.json(?=\/?(?:\?|$))/, '');
    next();
  });
  app.use(tokens);
  app.use('/api/v2', api);
  app.use(() => {
    throw unknownEndpoint();
  });
  app.use(answerRefusal);
  return app;
}

/** Its own clock, not this machine's. */
function tellTime(clock: () => Date): express.RequestHandler {
  return (_request, response, next) => {
    response.set('Date', clock().toUTCString());
    next();
  };
}

function userOf(account: Account, id: string): User {
  const user = account.users.get(Number(id));
  if (!user) throw new Error(`there is no user ${id}`);
  return user;
}

function ticketOf(account: Account, id: string): Ticket {
  const ticket = account.tickets.get(Number(id));
  if (!ticket) throw new Error(`there is no ticket ${id}`);
  return ticket;
}
