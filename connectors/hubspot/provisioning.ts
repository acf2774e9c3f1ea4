import type { Finding, Inspection, Provisioning } from '../../src/connector.ts';
import { fieldGroup, type RecordField, recordFields } from '../../src/domain/record-fields.ts';
import { type Failure, UpstreamRefused } from '../../src/errors.ts';
import { type Answer, type Call, type HubspotClient, paths } from './client.ts';
import { compare, mergeOptions, propertyOf } from './fields.ts';
import { account, batch, identity, type Property, page, pipeline, property } from './schema.ts';

type Properties = ReadonlyMap<string, Property>;

/** @param hears whether there is a client secret to verify webhooks with */
export function createProvisioning(client: HubspotClient, { hears }: { hears: boolean }): Provisioning {
  /** A missing scope or a property that does not fit is something to report, not the end of the connection's work. */
  function inspect<T>(call: Omit<Call<T>, 'tolerates'>): Promise<Answer<T>> {
    return client.ask({ ...call, tolerates: [207, 400, 403, 404, 409] });
  }

  async function look(): Promise<Inspection & { properties?: Properties }> {
    const opened = await inspect({ lane: 'read', method: 'GET', path: paths.account, reads: account });
    if (!opened.value) return { findings: [blocked('credentials', opened.failure)] };
    const { id, timeZone } = opened.value;
    client.learnTimeZone(timeZone);
    const [pipelines, contacts, properties] = await Promise.all([
      inspect({ lane: 'read', method: 'GET', path: paths.ticketPipelines, reads: page(pipeline) }),
      inspect({ lane: 'search', method: 'POST', path: `${paths.contacts}/search`, body: anyContact, reads: anything }),
      inspect({ lane: 'read', method: 'GET', path: paths.contactProperties, reads: page(property) }),
    ]);
    return {
      account: id,
      ...(timeZone === undefined ? {} : { timeZone }),
      findings: [
        { subject: 'credentials', state: 'fine' },
        scopeFinding('tickets', pipelines),
        scopeFinding('crm.objects.contacts.read', contacts),
        scopeFinding('crm.schemas.contacts.read', properties),
      ],
      ...(properties.status === 403
        ? {}
        : { properties: new Map((properties.value?.items ?? []).map((found) => [found.name, found])) }),
    };
  }

  async function inspection(repair: (properties: Properties) => Promise<readonly Finding[]>): Promise<Inspection> {
    try {
      const { properties, ...seen } = await look();
      if (!seen.account) return seen;
      const fields = properties ? await repair(properties) : [];
      return { ...seen, findings: [...seen.findings, ...fields, webhookFinding(hears)] };
    } catch (failure) {
      if (failure instanceof UpstreamRefused) return { findings: [blocked('credentials', failure)] };
      throw failure;
    }
  }

  async function createMissing(properties: Properties): Promise<ReadonlyMap<string, Finding>> {
    const missing = recordFields.filter(({ key }) => !properties.has(key));
    if (missing.length === 0) return new Map();
    const refused = (failure: Failure) =>
      new Map(missing.map((field) => [field.key, blocked(subjectOf(field), failure)]));

    const grouped = [...properties.values()].some(({ groupName }) => groupName === fieldGroup.key);
    if (!grouped) {
      const group = await inspect({
        lane: 'write',
        method: 'POST',
        path: `${paths.contactProperties}/groups`,
        body: { name: fieldGroup.key, label: fieldGroup.label, displayOrder: -1 },
        reads: anything,
      });
      if (group.failure && group.status !== 409) return refused(group.failure);
    }
    const many = await inspect({
      lane: 'write',
      method: 'POST',
      path: `${paths.contactProperties}/batch/create`,
      body: { inputs: missing.map(propertyOf) },
      reads: batch(property),
    });
    if (many.failure && many.status === 403) return refused(many.failure);
    // One property that cannot be made may fail the whole batch: what is not there now is tried by itself.
    const made = new Set(many.value?.done.map(({ name }) => name));
    const findings = missing.map(async (field): Promise<[string, Finding]> => {
      if (made.has(field.key)) return [field.key, { subject: subjectOf(field), state: 'created' }];
      return [field.key, await createOne(field)];
    });
    return new Map(await Promise.all(findings));
  }

  async function createOne(field: RecordField): Promise<Finding> {
    const subject = subjectOf(field);
    const { status, failure } = await inspect({
      lane: 'write',
      method: 'POST',
      path: paths.contactProperties,
      body: propertyOf(field),
      reads: anything,
    });
    if (!failure) return { subject, state: 'created' };
    if (status !== 409) return blocked(subject, failure);
    const path = `${paths.contactProperties}/${field.key}`;
    const { value: existing } = await inspect({ lane: 'read', method: 'GET', path, reads: property });
    if (existing && !existing.archived) return repairOptions(field, existing);
    return {
      subject,
      state: 'blocked',
      detail: `An archived contact property has the name ${field.key}. Restore it in HubSpot, or delete it for good.`,
    };
  }

  async function repairOptions(field: RecordField, existing: Property): Promise<Finding> {
    const fit = compare(field, existing);
    if (!('lacks' in fit)) return fieldFinding(field, existing);
    const { failure } = await inspect({
      lane: 'write',
      method: 'PATCH',
      path: `${paths.contactProperties}/${field.key}`,
      body: { options: mergeOptions(existing, fit.lacks) },
      reads: anything,
    });
    return failure ? blocked(subjectOf(field), failure) : { subject: subjectOf(field), state: 'repaired' };
  }

  return {
    check: () =>
      inspection(async (properties) => recordFields.map((field) => fieldFinding(field, properties.get(field.key)))),

    ensure: () =>
      inspection(async (properties) => {
        const created = await createMissing(properties);
        return Promise.all(
          recordFields.map(async (field) => {
            const existing = properties.get(field.key);
            return (
              created.get(field.key) ?? (existing ? repairOptions(field, existing) : fieldFinding(field, existing))
            );
          }),
        );
      }),
  };
}

const anything = identity.partial().catch({});

/** The cheapest call that needs the scope to read contacts. */
const anyContact = {
  filterGroups: [{ filters: [{ propertyName: 'email', operator: 'HAS_PROPERTY' }] }],
  properties: ['email'],
  limit: 1,
};

function subjectOf(field: RecordField): string {
  return `field ${field.key}`;
}

function fieldFinding(field: RecordField, existing: Property | undefined): Finding {
  const subject = subjectOf(field);
  if (!existing) return { subject, state: 'missing', detail: `There is no contact property ${field.key} yet.` };
  const fit = compare(field, existing);
  if ('lacks' in fit) {
    const values = fit.lacks.map(({ value }) => value).join(', ');
    return { subject, state: 'missing', detail: `The contact property ${field.key} lacks the options ${values}.` };
  }
  if (fit.fits) return { subject, state: 'fine' };
  const remedy = 'Rename or delete it in HubSpot, so that it can be made anew; nothing is written into it until then.';
  return { subject, state: 'blocked', detail: `${field.key}: ${fit.because}. ${remedy}` };
}

function scopeFinding(scope: string, { status, failure }: Answer<unknown>): Finding {
  const subject = `scope ${scope}`;
  return failure && status === 403 ? blocked(subject, failure) : { subject, state: 'fine' };
}

/** HubSpot lets nobody read or make an app's subscriptions with the token of an account. */
function webhookFinding(hears: boolean): Finding {
  const detail = hears
    ? 'HubSpot keeps the subscriptions in the app itself, where they cannot be looked at from here.'
    : 'Without HUBSPOT_CLIENT_SECRET no webhook can be verified: changed tickets are found by polling alone.';
  return { subject: 'webhook', state: 'fine', detail };
}

function blocked(subject: string, failure: Failure): Finding {
  const detail = failure instanceof UpstreamRefused ? `${failure.message}. ${failure.remedy}` : failure.message;
  return { subject, state: 'blocked', detail };
}
