import type { RequestListener } from 'node:http';
import express, { type Router } from 'express';
import type { SimulatedContact, Simulator, SimulatorOptions } from '../../../src/connector.ts';
import { type Account, createAccount, type Ticket, type User } from './account.ts';
import { createAuthentication, inventCredentials } from './authentication.ts';
import { createCourier } from './deliveries.ts';
import { createDisturbances } from './disturbances.ts';
import { userCreated } from './events.ts';
import { createJobStatuses } from './job-statuses.ts';
import { createRateLimits } from './rate-limits.ts';
import { answerRefusal, unknownEndpoint } from './refusals.ts';
import { createRequestLog } from './request-log.ts';
import { createTicketExportRoutes } from './ticket-exports.ts';
import { createTicketRoutes, moveTicket, openTicket } from './tickets.ts';
import { createUserFieldRoutes } from './user-fields.ts';
import { createUserRoutes, showUserFields } from './users.ts';
import { createWebhookRoutes, type Webhook } from './webhooks.ts';

export type ZendeskSimulator = Simulator & {
  /** The older way in, beside the OAuth client of `environment`. */
  apiToken: { email: string; token: string };
};

/** An admin, an agent and a group, in one account that has no customers yet. `webhookUrl` is not used: webhooks are made by API. */
export function simulateZendesk(options: SimulatorOptions): ZendeskSimulator {
  const { clock, baseUrl } = options;
  const credentials = inventCredentials();
  const disturbances = createDisturbances();
  const webhooks = new Map<string, Webhook>();
  const courier = createCourier({ clock, webhooks, obstacle: disturbances.obstacle });
  const account = createAccount({ clock, baseUrl }, courier.announce);
  const { tokens, authenticate } = createAuthentication(account, credentials);
  const limits = createRateLimits(clock);
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
  api.use(
    createTicketRoutes(account),
    createTicketExportRoutes(account, limits),
    createWebhookRoutes(account, webhooks),
  );

  const handler = assemble([log.record, disturbances.disturbCall], catchUp, tokens, api);

  return {
    handler,
    apiToken: { email: account.admin.emails[0] ?? '', token: credentials.apiToken },
    environment: {
      ZENDESK_SUBDOMAIN: 'sandbox',
      ZENDESK_BASE_URL: baseUrl,
      ZENDESK_CLIENT_ID: credentials.clientId,
      ZENDESK_CLIENT_SECRET: credentials.clientSecret,
    },
    addContact: (contact) => String(addContact(account, contact).id),
    addTicket({ contactId, subject, agent, publicReplies = 1 }) {
      const requester = account.users.get(Number(contactId));
      if (!requester) throw new Error(`there is no user ${contactId}`);
      const assignee = account.ensureAgent(agent);
      return String(openTicket(account, { requester, assignee, subject, publicReplies }).id);
    },
    resolve: (ticketId) => moveTicket(account, ticketOf(account, ticketId), 'solved'),
    reopen: (ticketId) => moveTicket(account, ticketOf(account, ticketId), 'open'),
    record(contactId) {
      catchUp();
      const user = account.users.get(Number(contactId));
      return user && showUserFields(account, user);
    },
    contactIdByEmail: (email) => account.findUserByEmail(email)?.id.toString(),
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

/** Zendesk keeps neither opt-outs from email nor, with the user, whether mail arrives: those two leave no trace. */
function addContact(account: Account, contact: SimulatedContact): User {
  const { name, email, language, staff = false, suspended = false, shared = false } = contact;
  if (email !== undefined && account.findUserByEmail(email)) throw new Error('another user has this address already');
  const user = account.addUser({
    name,
    role: staff ? 'agent' : 'end-user',
    emails: email === undefined ? [] : [email],
    suspended,
    shared,
    ...(language === undefined ? {} : { locale: language }),
  });
  account.announce(userCreated(account, user));
  return user;
}

function ticketOf(account: Account, id: string): Ticket {
  const ticket = account.tickets.get(Number(id));
  if (!ticket) throw new Error(`there is no ticket ${id}`);
  return ticket;
}
