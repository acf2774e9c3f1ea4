import type { Contacts, FieldsWrite, WriteOutcome } from '../../src/connector.ts';
import { type ContactSnapshot, normalizeEmail } from '../../src/model/contact.ts';
import { doNotSurveyKey } from '../../src/model/crm-field-definitions.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import { rows } from '../kit/answer-rows.ts';
import type { FreshdeskClient } from './client.ts';
import type { FieldNames } from './field-names.ts';
import { contact, type FreshdeskContact } from './schema.ts';
import { type CustomFields, fromCustomFields, toCustomFields } from './values.ts';

/**
 * Freshdesk changes contacts one by one: its only way to write many is an import of a CSV file, of which one may run and
 * which does not report by record. So a batch is nothing but that many calls, few enough to be over soon.
 */
const batchSize = 10;

export function createContacts(client: FreshdeskClient, names: FieldNames): Contacts {
  function seen(found: FreshdeskContact): FreshdeskContact {
    names.learn(Object.keys(found.fields));
    return found;
  }

  /** @param properties names of custom fields to tell as well */
  function shown({ contact, fields }: FreshdeskContact, properties: readonly string[] = []): ContactSnapshot {
    return {
      ...contact,
      doNotSurvey: fromCustomFields(fields, names)[doNotSurveyKey] === true,
      ...(properties.length > 0 ? { properties: chosen(fields, properties) } : {}),
    };
  }

  async function findOne(id: string): Promise<FreshdeskContact | undefined> {
    const { value } = await client.ask({
      lane: 'read',
      method: 'GET',
      path: contactPath(id),
      reads: contact,
      tolerates: [404],
    });
    return value && !value.gone ? seen(value) : undefined;
  }

  async function findEach(ids: readonly string[]): Promise<readonly FreshdeskContact[]> {
    const found = await Promise.all([...new Set(ids)].map(findOne));
    return found.filter((one) => one !== undefined);
  }

  /** Neither blocked nor deleted contacts are listed. */
  async function findByEmail(email: string): Promise<readonly FreshdeskContact[]> {
    const { value } = await client.ask({
      lane: 'search',
      method: 'GET',
      path: '/contacts',
      query: { email },
      reads: rows(contact),
    });
    const has = ({ contact: { emails } }: FreshdeskContact) =>
      emails.some(({ address }) => normalizeEmail(address) === email);
    return (value ?? []).filter((one) => !one.gone && has(one)).map(seen);
  }

  async function writeOne({ id, values }: FieldsWrite): Promise<WriteOutcome> {
    const { value } = await client.ask({
      lane: 'write',
      method: 'PUT',
      path: contactPath(id),
      body: { custom_fields: toCustomFields(values, names) },
      reads: contact,
      // 405 is Freshdesk's answer for a contact that is deleted or blocked.
      tolerates: [404, 405],
    });
    return { id, result: value && !value.gone ? 'written' : 'gone' };
  }

  return {
    batchSize,

    async find(by, { properties } = {}) {
      verifyBatch('ids' in by ? by.ids : by.emails);
      if ('ids' in by) return (await findEach(by.ids)).map((found) => shown(found, properties));
      const emails = new Set(by.emails.flatMap((email) => normalizeEmail(email) ?? []));
      const found = (await Promise.all([...emails].map(findByEmail))).flat();
      return [...new Map(found.map((one) => [one.contact.id, shown(one, properties)])).values()];
    },

    async readFields(ids) {
      verifyBatch(ids);
      const found = await findEach(ids);
      return new Map(found.map((one) => [one.contact.id, fromCustomFields(one.fields, names)]));
    },

    /** While no fate is known a failure is the whole call's; after that it is told of the records that it left. */
    async writeFields(writes) {
      verifyBatch(writes);
      const outcomes: WriteOutcome[] = [];
      let stopped: UpstreamBusy | UpstreamRefused | undefined;
      for (const write of writes) {
        if (stopped) {
          outcomes.push(busy(write.id, stopped));
          continue;
        }
        try {
          outcomes.push(await writeOne(write));
        } catch (failure) {
          if (outcomes.length === 0 || !isUpstream(failure)) throw failure;
          outcomes.push(outcomeOf(write.id, failure));
          if (reachesFurther(failure)) stopped = failure;
        }
      }
      return { outcomes };
    },

    async create({ email, name }) {
      const { value, failure } = await client.ask({
        lane: 'write',
        method: 'POST',
        path: '/contacts',
        body: { name: name ?? email, email },
        reads: contact,
        tolerates: [409],
      });
      if (value) return shown(seen(value));
      // Somebody else has just made it.
      const [existing] = await findByEmail(normalizeEmail(email) ?? email);
      if (existing) return shown(existing);
      throw failure;
    },
  };
}

function chosen(fields: CustomFields, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = fields[name];
      return value === null || value === undefined || value === '' ? [] : [[name, String(value)]];
    }),
  );
}

function contactPath(id: string): string {
  return `/contacts/${encodeURIComponent(id)}`;
}

function isUpstream(failure: unknown): failure is UpstreamBusy | UpstreamRefused {
  return failure instanceof UpstreamBusy || failure instanceof UpstreamRefused;
}

/** Whether the records behind this one would meet the same. */
function reachesFurther(failure: UpstreamBusy | UpstreamRefused): boolean {
  return failure instanceof UpstreamBusy || failure.concerns === 'connection';
}

function outcomeOf(id: string, failure: UpstreamBusy | UpstreamRefused): WriteOutcome {
  if (failure instanceof UpstreamRefused && failure.concerns === 'request') {
    return { id, result: 'refused', why: { code: 'failed', params: { why: failure.why } } };
  }
  if (failure instanceof UpstreamBusy && failure.outcome === 'unknown') return { id, result: 'unknown' };
  return busy(id, failure);
}

/** What a whole connection was refused is heard again, and thrown, with the next call. */
function busy(id: string, failure: UpstreamBusy | UpstreamRefused): WriteOutcome {
  const wait = failure instanceof UpstreamBusy ? failure.retryAfter : undefined;
  return { id, result: 'busy', ...(wait === undefined ? {} : { retryAfter: wait }) };
}

function verifyBatch(batch: readonly unknown[]): void {
  if (batch.length > batchSize) throw new RangeError(`a batch takes ${batchSize} contacts, not ${batch.length}`);
}
