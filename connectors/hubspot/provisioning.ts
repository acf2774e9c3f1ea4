import type { Finding, Inspection, Provisioning } from '../../src/connector.ts';
import type { AccountField, FieldProfile } from '../../src/model/account-fields.ts';
import { UpstreamRefused } from '../../src/model/errors.ts';
import {
  aboutField,
  isSameAbout,
  plainFinding,
  refusedFinding,
  worstOfEach,
} from '../../src/model/messages/finding.ts';
import { account } from './account-schema.ts';
import { type Answer, type HubspotClient, paths } from './client.ts';
import { anything, inspect, scopeFindings } from './inspection.ts';
import { say } from './messages.ts';
import { createPropertyProvisioner, type Standing } from './properties.ts';
import { aboutFields } from './property-findings.ts';
import { page } from './schema.ts';
import { ticketFields } from './ticket-fields.ts';
import { pipeline } from './ticket-schema.ts';

const credentials = { kind: 'credentials' } as const;
const webhook = { kind: 'webhook' } as const;

type Seen = Inspection & { contacts?: Standing | undefined; tickets?: Standing | undefined };

/**
 * @param fields ours, as this account has them
 * @param absent properties that writes leave out; determined again here
 * @param unwritable ticket properties that marks leave out; determined again here
 * @param profile which of them are created
 * @param hears whether there is a client secret to verify webhooks with
 * @param consented whether the connection came about by consent: then it can end its own installation
 */
export function createProvisioning(
  client: HubspotClient,
  {
    fields,
    absent,
    unwritable,
    profile,
    receivesWebhooks,
    consented,
  }: {
    fields: readonly AccountField[];
    absent: Set<string>;
    unwritable: Set<string>;
    profile?: FieldProfile | undefined;
    receivesWebhooks: boolean;
    consented: boolean;
  },
): Provisioning {
  const contactProperties = createPropertyProvisioner(client, {
    path: paths.contactProperties,
    noun: 'contact',
    objectTypeId: '0-1',
    fields,
    profile,
    writeScope: 'crm.schemas.contacts.write',
  });
  const ticketProperties = createPropertyProvisioner(client, {
    path: paths.ticketProperties,
    noun: 'ticket',
    objectTypeId: '0-5',
    fields: ticketFields,
    // As many as there is room for: there are no core ones among them.
    profile: 'full',
    writeScope: 'tickets',
  });

  /** Marks on tickets are a choice of the connection's. Without them nobody looks for their properties. */
  async function readStandings(ticketMarks: boolean): Promise<Seen> {
    const opened = await inspect(client, { lane: 'read', method: 'GET', path: paths.account, reads: account });
    if (!opened.value) return { findings: [refusedFinding(credentials, opened.failure.why)] };
    const { id, timeZone, host } = opened.value;
    const { vendorClock } = opened;
    client.learnTimeZone(timeZone);
    const [pipelines, contacts, standing, ticketStanding] = await Promise.all([
      inspect(client, { lane: 'read', method: 'GET', path: paths.ticketPipelines, reads: page(pipeline) }),
      inspect(client, {
        lane: 'search',
        method: 'POST',
        path: `${paths.contacts}/search`,
        body: anyContact,
        reads: anything,
      }),
      contactProperties.readStanding(),
      ticketMarks ? ticketProperties.readStanding() : undefined,
    ]);
    if (standing.value) absent.clear();
    return {
      account: id,
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(host === undefined ? {} : { host }),
      ...(vendorClock === undefined ? {} : { vendorClock }),
      findings: [
        plainFinding(credentials, 'fine'),
        ...scopeFindings(pipelines, 'tickets'),
        ...scopeFindings(contacts, 'crm.objects.contacts.read'),
        ...scopeFindings(standing, 'crm.schemas.contacts.read'),
        ...(ticketStanding ? refusedScopes(ticketStanding, 'tickets') : []),
      ],
      contacts: standing.value,
      tickets: ticketStanding?.value,
    };
  }

  /** What a person has to see to first would be refused in every mark, and the mark with it. */
  function noteUnwritable(findings: readonly Finding[]): readonly Finding[] {
    const blocking = findings.filter(({ state }) => state === 'blocked');
    unwritable.clear();
    for (const field of ticketFields) {
      const isBlocked = ({ about, fields = [] }: Finding) =>
        isSameAbout(about, aboutField(field)) || fields.includes(field.key);
      if (blocking.some(isBlocked)) unwritable.add(field.name);
    }
    return findings;
  }

  async function inspection(
    ticketMarks: boolean,
    repair: (seen: Seen) => Promise<readonly Finding[]>,
  ): Promise<Inspection> {
    try {
      const seen = await readStandings(ticketMarks);
      const { contacts, tickets, findings, ...opened } = seen;
      if (!seen.account) return { findings };
      const standing = await repair(seen);
      return { ...opened, findings: worstOfEach([...findings, ...standing, webhookFinding(receivesWebhooks)]) };
    } catch (failure) {
      if (failure instanceof UpstreamRefused) return { findings: [refusedFinding(credentials, failure.why)] };
      throw failure;
    }
  }

  async function removeFields(): Promise<readonly Finding[]> {
    const removals = [contactProperties, ticketProperties].map(async (provisioner) => {
      const { value, failure } = await provisioner.readStanding();
      return value ? provisioner.remove(value) : [refusedFinding(aboutFields(provisioner.noun), failure.why)];
    });
    return (await Promise.all(removals)).flat();
  }

  /** Ends the installation, and with it the webhooks: https://developers.hubspot.com/docs/api-reference/latest/app-management */
  async function uninstall(): Promise<Finding> {
    const call = { lane: 'write', method: 'DELETE', path: paths.installation, reads: anything } as const;
    const { failure } = await inspect(client, call);
    if (failure) return refusedFinding(webhook, failure.why);
    return { about: webhook, state: 'removed', ...say({ code: 'hubspot.uninstalled', params: {} }) };
  }

  return {
    check: ({ ticketMarks = false } = {}) =>
      inspection(ticketMarks, async ({ contacts, tickets }) => [
        ...(contacts ? contactProperties.check(contacts) : []),
        ...(tickets ? noteUnwritable(ticketProperties.check(tickets)) : []),
      ]),

    ensure: ({ ticketMarks = false, labels }) =>
      inspection(ticketMarks, async ({ contacts, tickets }) => [
        ...(contacts ? await contactProperties.ensure(contacts, labels) : []),
        ...(tickets ? noteUnwritable(await ticketProperties.ensure(tickets)) : []),
      ]),

    async remove(requests) {
      try {
        const removed = requests.fields ? await removeFields() : [];
        return [...removed, consented ? await uninstall() : staysInTheApp];
      } catch (failure) {
        // Without credentials there is nothing left that could be taken away from here.
        if (failure instanceof UpstreamRefused) return [refusedFinding(credentials, failure.why)];
        throw failure;
      }
    },
  };
}

/** The cheapest call that needs the scope to read contacts. */
const anyContact = {
  filterGroups: [{ filters: [{ propertyName: 'email', operator: 'HAS_PROPERTY' }] }],
  properties: ['email'],
  limit: 1,
  after: '0',
};

const staysInTheApp: Finding = {
  about: webhook,
  state: 'blocked',
  ...say({ code: 'hubspot.webhook_stays', params: {} }),
};

/** A scope that another look has reported as fine is not reported as fine once more. */
function refusedScopes(answer: Answer<unknown>, scope: string): readonly Finding[] {
  return answer.status === 403 ? scopeFindings(answer, scope) : [];
}

/** HubSpot lets nobody read or make an app's subscriptions with the token of an account. */
function webhookFinding(receivesWebhooks: boolean): Finding {
  const said = receivesWebhooks
    ? say({ code: 'hubspot.webhook_in_app', params: {} })
    : say({ code: 'hubspot.webhook_unverified', params: { setting: 'HUBSPOT_CLIENT_SECRET' } });
  return { about: webhook, state: 'fine', ...said };
}
