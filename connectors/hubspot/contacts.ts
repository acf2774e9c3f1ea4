import type { z } from 'zod';
import type { Contacts } from '../../src/connector.ts';
import type { AccountField } from '../../src/model/account-fields.ts';
import type { ContactSnapshot } from '../../src/model/contact.ts';
import { type HubspotClient, paths } from './client.ts';
import { createContactWrites } from './contact-writes.ts';
import { batch, type ContactReading, crmFields, identity } from './schema.ts';

/** HubSpot's limit for every batch of contacts. */
const batchSize = 100;

export function createContacts(
  client: HubspotClient,
  { reading, fields, absent }: { reading: ContactReading; fields: readonly AccountField[]; absent: Set<string> },
): Contacts {
  const { properties: contactProperties, reads: contact } = reading;
  const readsFields = crmFields(fields);

  /** One record; the winner's, when it has lost a merge. Also resolves secondary addresses. */
  async function findOne<T>(key: string, by: 'id' | 'email', properties: readonly string[], reads: z.ZodType<T>) {
    const { value } = await client.ask({
      lane: 'read',
      method: 'GET',
      path: `${paths.contacts}/${encodeURIComponent(key)}`,
      query: { properties: properties.join(','), ...(by === 'email' ? { idProperty: 'email' } : {}) },
      reads,
      tolerates: [404],
    });
    return value;
  }

  /** Misses are normal: HubSpot reports them in a 207, or not at all. */
  async function findMany<T>(
    keys: readonly string[],
    by: 'id' | 'email',
    properties: readonly string[],
    reads: z.ZodType<T>,
  ): Promise<readonly T[]> {
    const { value } = await client.ask({
      lane: 'read',
      method: 'POST',
      path: `${paths.contacts}/batch/read`,
      body: {
        inputs: keys.map((id) => ({ id })),
        properties,
        propertiesWithHistory: [],
        ...(by === 'email' ? { idProperty: 'email' } : {}),
      },
      reads: batch(reads),
      tolerates: [207, 404],
    });
    return value?.done ?? [];
  }

  /**
   * A batch knows neither merged-away ids nor secondary addresses; a look at one record knows both. So what a batch has
   * missed is looked up singly. A search could take several at once, but lags behind and matches a list of addresses
   * as one text.
   */
  async function findEach<T>(
    keys: readonly string[],
    by: 'id' | 'email',
    properties: readonly string[],
    reads: z.ZodType<T>,
    answers: (found: T, key: string) => boolean,
  ): Promise<readonly T[]> {
    const many = keys.length > 1 ? await findMany(keys, by, properties, reads) : [];
    const missed = keys.filter((key) => !many.some((found) => answers(found, key)));
    const singly = await Promise.all(missed.map((key) => findOne(key, by, properties, reads)));
    return [...many, ...singly.filter((found) => found !== undefined)];
  }

  const writeContacts = createContactWrites(client, {
    fields,
    absent,
    find: (id) => findOne(id, 'id', ['email'], identity),
  });

  return {
    batchSize,

    async find(by, { properties: further = [] } = {}) {
      const { properties, reads } = further.length === 0 ? reading : reading.with(further);
      if ('ids' in by) return findEach(unique(by.ids), 'id', properties, reads, isOrWas);
      const emails = unique(by.emails.map((email) => email.trim().toLowerCase()));
      return findEach(emails, 'email', properties, reads, (found, email) =>
        found.emails.some(({ address }) => address.toLowerCase() === email),
      );
    },

    async readFields(ids) {
      const properties = fields.map(({ name }) => name);
      const found = await findEach(unique(ids), 'id', properties, readsFields, (read, id) => read.id === id);
      const asked = new Set(ids);
      return new Map(found.filter(({ id }) => asked.has(id)).map(({ id, values }) => [id, values]));
    },

    async writeFields(writes) {
      // HubSpot refuses a batch that names a record twice.
      const byRecord = new Map(writes.map(({ id, values }) => [id, values]));
      verifyBatch(byRecord.size);
      return writeContacts(byRecord);
    },

    async create({ email, name }) {
      const { value, failure } = await client.ask({
        lane: 'write',
        method: 'POST',
        path: paths.contacts,
        body: { properties: { email, ...splitName(name) } },
        reads: contact,
        tolerates: [409],
      });
      if (value) return value;
      // Somebody else has just made it, or the address is a secondary one.
      const existing = await findOne(email, 'email', contactProperties, contact);
      if (existing) return existing;
      throw failure;
    },
  };
}

function isOrWas(found: ContactSnapshot, id: string): boolean {
  return found.id === id || (found.mergedIds?.includes(id) ?? false);
}

function verifyBatch(size: number): void {
  if (size <= batchSize) return;
  throw new RangeError(`a batch takes ${batchSize} contacts, not ${size}`);
}

function unique(keys: readonly string[]): readonly string[] {
  const different = [...new Set(keys)];
  verifyBatch(different.length);
  return different;
}

/** HubSpot keeps two names; the last word is most often the family's. */
function splitName(name: string | undefined): { firstname?: string; lastname?: string } {
  const words = (name ?? '').trim().split(/\s+/u);
  const last = words.length > 1 ? words.pop() : undefined;
  const first = words.join(' ');
  return { ...(first === '' ? {} : { firstname: first }), ...(last === undefined ? {} : { lastname: last }) };
}
