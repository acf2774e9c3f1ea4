import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import type { SimulatedContact, SimulatedRequest, Simulator, SimulatorOptions } from '../../../src/connector.ts';
import { account } from './account.ts';
import { portalApi } from './api.ts';
import { createAssociations } from './associations.ts';
import { contactType } from './contacts.ts';
import { createDeliveries } from './deliveries.ts';
import { createDisturbances, type HubspotDisturbance } from './disturbances.ts';
import { createLists } from './lists.ts';
import { mergeRecords } from './merges.ts';
import { createConsents } from './oauth.ts';
import { createOwners, supportTeam } from './owners.ts';
import { createDefinitions, type PropertyRestriction } from './property-definitions.ts';
import type { LimitsAnswer } from './property-limits.ts';
import { instant } from './property-values.ts';
import { createDay } from './rate-limits.ts';
import { createRecords, type ObjectName } from './records.ts';
import { createThreads } from './threads.ts';
import { ticketType } from './tickets.ts';
import { webhookEvents } from './webhook-events.ts';

export type HubspotTicket = Parameters<Simulator['addTicket']>[0] & {
  /** One of HubSpot's, e.g. `PHONE`; email unless given. */
  channel?: string;
};

/** The hands that only this vendor has. */
export type HubspotSimulator = Simulator & {
  /** A ticket of several contacts, or for now of nobody: HubSpot makes the association a moment after the ticket. */
  associate(ticketId: string, recordId: string): void;
  dissociate(ticketId: string): void;
  /** As `mergeContacts`, but a record with a new id takes the place of both. */
  mergeIntoNewContact(loserId: string, winnerId: string): void;
  /** @returns the list's id; list 1 holds every contact */
  addList(list: { object: ObjectName; name: string; ids: readonly string[] }): string;
  /** A workflow of the account's, HubSpot's own agent, or another app closes it. */
  closeBy(ticketId: string, source: 'AUTOMATION_PLATFORM' | 'BREEZE_AGENT' | 'INTEGRATION'): void;
  addTicket(ticket: HubspotTicket): string;
  /** The conversation that the ticket came of: who wrote, and whether it is spam. */
  addThread(ticketId: string, thread: { recordId: string; spam?: boolean }): void;
  /** Whether the app was granted `conversations.read`. */
  grantThreads(granted: boolean): void;
  /** How many results one search may be paged through. */
  limitSearch(most: number): void;
  /** This agent's user was deactivated. */
  archiveOwner(name: string): void;
  /** The plan takes so many custom properties of this type, the ones that are there included. */
  limitProperties(object: ObjectName, most: number): void;
  /** Who writes into this property meets what an admin, or HubSpot, wants of its values. */
  restrictProperty(object: ObjectName, name: string, restriction: PropertyRestriction): void;
  /** Whether the account tells of that limit: not with a 403 or 404. */
  answerLimits(status: LimitsAnswer['status']): void;
  /** The app is uninstalled, which HubSpot tells nobody. */
  uninstall(): void;
  disturb(disturbance: HubspotDisturbance): void;
};

/**
 * An account of HubSpot's in memory: its API, its limits, the webhooks of one app, and a hand inside it.
 *
 * HubSpot knows no staff, suspended or shared contacts, and counts no public replies: these facts of the hand change nothing.
 */
export function simulateHubspot({ clock, baseUrl, webhookUrl }: SimulatorOptions): HubspotSimulator {
  const token = `fake-hubspot-access-token-${randomUUID()}`;
  const clientSecret = `fake-hubspot-client-secret-${randomUUID()}`;
  const requests: SimulatedRequest[] = [];
  const hung = new Set<Response>();
  const disturbances = createDisturbances();
  const deliveries = createDeliveries({ clock, url: webhookUrl, secret: clientSecret, disturbances });
  const records = createRecords(clock, (change) => {
    for (const event of webhookEvents(change)) deliveries.send(event);
  });
  const contacts = contactType(records);
  const tickets = ticketType(records, clock);
  const associations = createAssociations();
  const owners = createOwners(clock);
  const lists = createLists(records);
  const consents = createConsents(clock, { clientId: `fake-hubspot-client-${randomUUID()}`, clientSecret });
  const day = createDay(clock, account.timeZone);
  const limitsAnswer: LimitsAnswer = { status: 200 };
  const searchReach = { most: 10_000 };
  const threads = createThreads();
  const portal = {
    ...{ lists, consents, day, limitsAnswer, searchReach, threads },
    clock,
    token,
    records,
    types: [contacts, tickets],
    definitions: { contacts: createDefinitions('contacts', clock), tickets: createDefinitions('tickets', clock) },
    associations,
    owners,
  };

  return {
    handler: portalApi(portal, disturbances, { requests, hung }),
    environment: {
      HUBSPOT_ACCESS_TOKEN: token,
      HUBSPOT_CLIENT_ID: consents.clientId,
      HUBSPOT_CLIENT_SECRET: clientSecret,
      HUBSPOT_API_BASE_URL: baseUrl,
    },
    addContact: (contact) => contacts.create(contactProperties(contact), 'CRM_UI').id,
    addTicket({ requesterId: recordId, subject, agent, publicReplies = 1, channel = 'EMAIL' }: HubspotTicket) {
      if (!contacts.find(recordId)) throw new Error(`There is no contact ${recordId}.`);
      const properties = new Map([
        ['subject', subject],
        ['hs_pipeline', '0'],
        ['hs_pipeline_stage', '1'],
        ['source_type', channel],
      ]);
      if (publicReplies > 0) properties.set('first_agent_reply_date', instant(clock()));
      if (agent !== undefined) {
        properties.set('hubspot_owner_id', owners.ensure(agent).id);
        properties.set('hubspot_team_id', supportTeam.id);
      }
      const { id } = tickets.create(properties, 'CRM_UI');
      associations.associate(id, recordId);
      return id;
    },
    resolve: (id) => tickets.close(id),
    reopen: tickets.reopen,
    reassign(ticketId, recordId) {
      associations.dissociate(ticketId);
      associations.associate(ticketId, recordId);
    },
    associate: associations.associate,
    dissociate: associations.dissociate,
    mergeTickets: (loserId, winnerId) => mergeRecords(portal, 'tickets', { loserId, winnerId, newId: false }),
    removeTicket: (ticketId) => records.remove('tickets', ticketId),
    mergeContacts: (loserId, winnerId) => mergeRecords(portal, 'contacts', { loserId, winnerId, newId: false }),
    mergeIntoNewContact: (loserId, winnerId) => mergeRecords(portal, 'contacts', { loserId, winnerId, newId: true }),
    removeContact: (recordId) => records.remove('contacts', recordId),
    restoreContact: (recordId) => records.restore('contacts', recordId),
    eraseContact: (recordId) => records.erase('contacts', recordId),
    expireToken: consents.expire,
    uninstall: consents.revoke,
    exhaustDay: day.exhaust,
    addList: lists.add,
    closeBy: tickets.close,
    addThread(ticketId, { recordId, spam = false }) {
      const id = threads.add({ associatedContactId: recordId, spam });
      records.update('tickets', ticketId, new Map([['hs_conversations_originating_thread_id', id]]), 'INTEGRATION');
    },
    grantThreads(granted) {
      threads.readable = granted;
    },
    limitSearch(most) {
      searchReach.most = most;
    },
    archiveOwner: (name) => owners.archive(owners.ensure(name).id),
    limitProperties(object, most) {
      portal.definitions[object].limit = most;
    },
    restrictProperty: (object, name, restriction) => portal.definitions[object].restrict(name, restriction),
    answerLimits(status) {
      limitsAnswer.status = status;
    },
    marks(ticketId) {
      const ticket = tickets.find(ticketId);
      const marks = [...(ticket?.properties ?? [])].filter(
        ([name, value]) => name.startsWith('feedback_') && value !== '',
      );
      return ticket && Object.fromEntries(marks);
    },
    record(recordId) {
      const contact = contacts.find(recordId);
      return contact && Object.fromEntries(contact.properties);
    },
    recordIdByEmail: (email) => contacts.findByEmail(email)?.id,
    disturb: disturbances.order,
    calm() {
      disturbances.calm();
      day.relieve();
      deliveries.release();
    },
    requests,
    deliveries: deliveries.attempts,
    redeliver: deliveries.redeliver,
    settled: deliveries.settled,
    async stop() {
      deliveries.stop();
      for (const response of hung) response.destroy();
    },
  };
}

function contactProperties(contact: SimulatedContact): Map<string, string> {
  const { name, email, language, company, optedOut, undeliverable, otherEmails = [] } = contact;
  const [firstName = '', ...rest] = name.split(' ');
  const given = {
    firstname: firstName,
    lastname: rest.join(' '),
    email,
    hs_language: language?.toLowerCase(),
    company,
    hs_email_optout: optedOut ? 'true' : undefined,
    hs_email_bad_address: undeliverable ? 'true' : undefined,
    hs_additional_emails: otherEmails.map(({ address }) => address).join(';'),
  };
  return new Map(Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
