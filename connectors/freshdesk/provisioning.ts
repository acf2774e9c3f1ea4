import type { Finding, Inspection, Provisioning } from '../../src/connector.ts';
import {
  type AccountField,
  type FieldProfile,
  fieldsInProfile,
  leftOutFindings,
} from '../../src/model/account-fields.ts';
import { UpstreamRefused } from '../../src/model/errors.ts';
import type { ConnectorMessage } from '../../src/model/messages/failure-message.ts';
import { aboutField, plainFinding, refusedFinding } from '../../src/model/messages/finding.ts';
import type { FreshdeskClient } from './client.ts';
import { completedChoices, inspect, lacksChoices, ours, toDefinition } from './contact-fields.ts';
import type { FieldNames } from './field-names.ts';
import { say } from './messages.ts';
import { type ContactField, contactField, contactFields } from './schema.ts';

const path = '/contact_fields';

const credentials = { kind: 'credentials' } as const;

/** The most that a list gives at once. */
const pageSize = 100;

/** What refuses one field alone: its definition, or that there is one already. */
const ofOneField = [400, 404, 409] as const;

/**
 * @param profile which fields are created
 * @param account what tells this account from others: its domain
 * @param hears whether there is a secret to verify webhooks with
 */
export function createProvisioning(
  client: FreshdeskClient,
  {
    names,
    profile,
    account,
    receivesWebhooks,
  }: { names: FieldNames; profile: FieldProfile | undefined; account: string; receivesWebhooks: boolean },
): Provisioning {
  async function readFields(): Promise<readonly ContactField[]> {
    const listed = await listFields();
    const fields = await Promise.all(listed.map((field) => (lacksChoices(field, names) ? readField(field) : field)));
    names.learn(fields.map(({ name }) => name));
    return fields;
  }

  /**
   * Page by page until one is short, or brings nothing new: whether Freshdesk pages this list, its documents do not say.
   * A field that was not seen would be created again under another name.
   */
  async function listFields(): Promise<readonly ContactField[]> {
    const listed = new Map<string, ContactField>();
    for (let page = 1; ; page += 1) {
      const query = { page: String(page), per_page: String(pageSize) };
      const { value = [] } = await client.ask({ lane: 'read', method: 'GET', path, query, reads: contactFields });
      const known = listed.size;
      for (const field of value) listed.set(field.id, field);
      if (value.length < pageSize || listed.size === known) return [...listed.values()];
    }
  }

  async function readField(field: ContactField): Promise<ContactField> {
    const { value } = await client.ask({
      lane: 'read',
      method: 'GET',
      path: `${path}/${encodeURIComponent(field.id)}`,
      reads: contactField,
      tolerates: [404],
    });
    return value ?? field;
  }

  /** Reading the fields needs an admin's key and changes nothing: that is also what proves the credentials. */
  async function inspected(
    judge: (fields: readonly ContactField[]) => Promise<readonly Finding[]>,
  ): Promise<Inspection> {
    try {
      const findings = await judge(await readFields());
      return { account, findings: [plainFinding(credentials, 'fine'), ...findings] };
    } catch (failure) {
      if (failure instanceof UpstreamRefused) return { findings: [refusedFinding(credentials, failure.why)] };
      throw failure;
    }
  }

  const inProfile = (standing: ReturnType<typeof ours>) =>
    fieldsInProfile(names.fields, profile, ({ key }) => standing.has(key));

  /** One after the other: each takes the place behind the one before. */
  async function ensureFields(fields: readonly ContactField[]): Promise<readonly Finding[]> {
    const standing = ours(fields, names);
    const { included, leftOut } = inProfile(standing);
    const findings: Finding[] = [];
    let places = fields.length;
    for (const field of included) {
      const existing = standing.get(field.key);
      const finding = inspect(field, existing);
      if (finding.state !== 'missing') findings.push(finding);
      else if (existing) findings.push(await addChoices(field, existing));
      else {
        places += 1;
        findings.push(await create(field, places));
      }
    }
    return [...findings, ...leftOutFindings(leftOut)];
  }

  async function create(field: AccountField, position: number): Promise<Finding> {
    const { value, failure } = await client.ask({
      lane: 'write',
      method: 'POST',
      path,
      body: toDefinition(field, position),
      reads: contactField,
      tolerates: ofOneField,
    });
    const about = aboutField(field);
    if (failure) return refusedFinding(about, failure.why);
    names.learn([value.name]);
    if (ours([value], names).has(field.key)) return plainFinding(about, 'created');
    const params = { name: value.name };
    return { about, state: 'blocked', ...say({ code: 'freshdesk.field_renamed', params }) };
  }

  /** With every choice that is there: whether Freshdesk drops what is left out, it does not say. */
  async function addChoices(field: AccountField, existing: ContactField): Promise<Finding> {
    const { failure } = await client.ask({
      lane: 'write',
      method: 'PUT',
      path: `${path}/${encodeURIComponent(existing.id)}`,
      body: { choices: completedChoices(field, existing) },
      reads: contactField,
      tolerates: ofOneField,
    });
    const about = aboutField(field);
    return failure ? refusedFinding(about, failure.why) : plainFinding(about, 'repaired');
  }

  return {
    check: () =>
      inspected(async (fields) => {
        const standing = ours(fields, names);
        const { included, leftOut } = inProfile(standing);
        return [
          ...included.map((field) => inspect(field, standing.get(field.key))),
          ...leftOutFindings(leftOut),
          webhookFinding(receivesWebhooks),
        ];
      }),
    ensure: ({ webhookUrl }) =>
      inspected(async (fields) => [...(await ensureFields(fields)), webhookFinding(receivesWebhooks, webhookUrl)]),
  };
}

/** The automation rule is an admin's, who may have built more around it; nothing here looks at it. */
function webhookFinding(receivesWebhooks: boolean, webhookUrl?: string): Finding {
  return { about: { kind: 'webhook' }, state: 'fine', ...webhookMessage(receivesWebhooks, webhookUrl) };
}

function webhookMessage(receivesWebhooks: boolean, webhookUrl: string | undefined): ConnectorMessage {
  if (!receivesWebhooks)
    return say({ code: 'freshdesk.webhook_unverified', params: { setting: 'FRESHDESK_WEBHOOK_SECRET' } });
  if (webhookUrl === undefined) return say({ code: 'freshdesk.rule_unseen', params: {} });
  return say({ code: 'freshdesk.rule_calls', params: { url: webhookUrl } });
}
