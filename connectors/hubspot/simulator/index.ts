import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import type { SimulatedContact, SimulatedRequest, Simulator, SimulatorOptions } from '../../../src/connector.ts';
import { portalApi } from './api.ts';
import { createAssociations } from './associations.ts';
import { contactType } from './contacts.ts';
import { createDeliveries } from './deliveries.ts';
import { createDisturbances } from './disturbances.ts';
import { createOwners } from './owners.ts';
import { createDefinitions } from './property-definitions.ts';
import { createRecords } from './records.ts';
import { ticketType } from './tickets.ts';
import { eventsOf } from './webhook-events.ts';

/**
 * An account of HubSpot's in memory: its API, its limits, the webhooks of one app, and a hand inside it.
 *
 * HubSpot knows no staff, suspended or shared contacts and no public replies: these facts of the hand change nothing.
 */
export function simulateHubspot({ clock, baseUrl, webhookUrl }: SimulatorOptions): Simulator {
  const token = `fake-hubspot-access-token-${randomUUID()}`;
  const clientSecret = `fake-hubspot-client-secret-${randomUUID()}`;
  const requests: SimulatedRequest[] = [];
  const hung = new Set<Response>();
  const disturbances = createDisturbances();
  const deliveries = createDeliveries({ clock, url: webhookUrl, secret: clientSecret, disturbances });
  const records = createRecords(clock, (change) => {
    for (const event of eventsOf(change)) deliveries.send(event);
  });
  const contacts = contactType(records);
  const tickets = ticketType(records, clock);
  const associations = createAssociations();
  const owners = createOwners(clock);
  const portal = {
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
      HUBSPOT_CLIENT_SECRET: clientSecret,
      HUBSPOT_API_BASE_URL: baseUrl,
    },
    addContact: (contact) => contacts.create(contactProperties(contact), 'CRM_UI').id,
    addTicket({ contactId, subject, agent }) {
      if (!contacts.find(contactId)) throw new Error(`There is no contact ${contactId}.`);
      const properties = new Map([
        ['subject', subject],
        ['hs_pipeline', '0'],
        ['hs_pipeline_stage', '1'],
        ['source_type', 'EMAIL'],
      ]);
      if (agent !== undefined) properties.set('hubspot_owner_id', owners.ensure(agent).id);
      const { id } = tickets.create(properties, 'CRM_UI');
      associations.associate(id, contactId);
      return id;
    },
    resolve: tickets.close,
    reopen: tickets.reopen,
    record(contactId) {
      const contact = contacts.find(contactId);
      return contact && Object.fromEntries(contact.properties);
    },
    contactIdByEmail: (email) => contacts.findByEmail(email)?.id,
    disturb: disturbances.order,
    calm() {
      disturbances.calm();
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

function contactProperties({ name, email, language, optedOut, undeliverable }: SimulatedContact): Map<string, string> {
  const [firstName = '', ...rest] = name.split(' ');
  const given = {
    firstname: firstName,
    lastname: rest.join(' '),
    email,
    hs_language: language?.toLowerCase(),
    hs_email_optout: optedOut ? 'true' : undefined,
    hs_email_bad_address: undeliverable ? 'true' : undefined,
  };
  return new Map(Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
