import type { Contacts, FieldsWrite, WriteOutcome, WriteReport } from '../../src/connector.ts';
import type { AccountField } from '../../src/model/account-fields.ts';
import { normalizeEmail } from '../../src/model/contact.ts';
import { UpstreamBusy, UpstreamRefused } from '../../src/model/errors.ts';
import type { ZendeskClient } from './client.ts';
import type { ContactReader } from './contact-reader.ts';
import type { JobSlots } from './job-slots.ts';
import { readOutcomes, readReceipt, writeReceipt } from './job-statuses.ts';
import { job } from './schema.ts';
import { showMany } from './show-many.ts';
import { createSingleWrites } from './single-writes.ts';
import { deletedUser, oneUser, severalUsers, type ZendeskUser } from './user-schema.ts';
import { fromUserFields, toUserFields } from './values.ts';

/** The most that show_many and update_many take. */
const batchSize = 100;

/** What brings all addresses along, in the same call. */
const withIdentities = { include: 'identities' };

export function createContacts(
  client: ZendeskClient,
  {
    clock,
    contactOf,
    fields,
    slots,
  }: { clock: () => Date; contactOf: ContactReader; fields: readonly AccountField[]; slots: JobSlots },
): Contacts {
  const singleWrites = createSingleWrites(clock);

  function findOne(id: string, query: Readonly<Record<string, string>> = {}): Promise<ZendeskUser | undefined> {
    return client.find({ lane: 'read', method: 'GET', path: userPath(id), query, answer: oneUser });
  }

  /** Those that are there: inactive users have been deleted or merged away. */
  async function usersByIds(
    ids: readonly string[],
    sideload: { include?: string } = {},
  ): Promise<readonly ZendeskUser[]> {
    const [only, ...others] = ids;
    const users =
      only !== undefined && others.length === 0
        ? [await findOne(only, sideload)]
        : await showMany(client, { list: '/users', ids, ...sideload, answer: severalUsers });
    return users.filter((user): user is ZendeskUser => user !== undefined && !user.gone);
  }

  /**
   * The search is by words, so its results are compared once more; it may miss who was created a moment ago. There is
   * no way to ask for several contacts at once.
   */
  async function usersByEmail(raw: string): Promise<readonly ZendeskUser[]> {
    const email = normalizeEmail(raw);
    if (email === undefined) return [];
    const users = await client.call({
      lane: 'read',
      method: 'GET',
      path: '/users/search',
      query: { query: `email:"${email}"`, ...withIdentities },
      answer: severalUsers,
    });
    return users.filter(
      ({ contact, gone }) => !gone && contact.emails.some(({ address }) => normalizeEmail(address) === email),
    );
  }

  /** One about whom Zendesk does not let us know is taken to be there. */
  async function isErased(id: string): Promise<boolean> {
    try {
      const path = `/deleted_users/${encodeURIComponent(id)}`;
      const call = { lane: 'read', method: 'GET', concerns: 'request' } as const;
      const deleted = await client.find({ ...call, path, answer: deletedUser });
      if (deleted) return deleted.forGood;
      const user = await findOne(id);
      return user === undefined || user.gone;
    } catch (failure) {
      if (failure instanceof UpstreamRefused && failure.concerns === 'request') return false;
      throw failure;
    }
  }

  async function writeOne({ id, values }: FieldsWrite): Promise<WriteOutcome> {
    try {
      const body = { user: { user_fields: toUserFields(values, fields) } };
      const user = await client.find({
        lane: 'write',
        method: 'PUT',
        path: userPath(id),
        body,
        answer: oneUser,
        concerns: 'request',
      });
      return { id, result: user && !user.gone ? 'written' : 'gone' };
    } catch (failure) {
      if (!(failure instanceof UpstreamRefused) || failure.concerns === 'connection') throw failure;
      return outcomeOfRefusal(id, failure);
    }
  }

  /**
   * A 403 on one user may mean that this one is shared from another account, or that we may not do anything here any
   * more. Whoever can still read the user is refused only this one.
   */
  async function outcomeOfRefusal(id: string, refusal: UpstreamRefused): Promise<WriteOutcome> {
    const user = await findOne(id);
    if (!user || user.gone) return { id, result: 'gone' };
    const why = user.contact.shared
      ? ({ code: 'locked', params: { kind: 'shared' } } as const)
      : ({ code: 'failed', params: { why: refusal.why } } as const);
    return { id, result: 'refused', why };
  }

  async function writeMany(writes: readonly FieldsWrite[]): Promise<WriteReport> {
    const users = writes.map(({ id, values }) => ({ id: Number(id), user_fields: toUserFields(values, fields) }));
    const accepted = await slots.occupy(() =>
      client.call({ lane: 'write', method: 'PUT', path: '/users/update_many', body: { users }, answer: job }),
    );
    const ids = writes.map(({ id }) => id);
    return { outcomes: [], unfinished: { receipt: writeReceipt({ job: accepted.id, ids }), ids } };
  }

  return {
    batchSize,

    async find(by, { properties = [] } = {}) {
      const asked = 'ids' in by ? by.ids : by.emails;
      verifyBatch(asked);
      const users =
        'ids' in by ? await usersByIds(asked, withIdentities) : (await Promise.all(asked.map(usersByEmail))).flat();
      return users.map((user) => contactOf(user, properties));
    },

    async readFields(ids) {
      verifyBatch(ids);
      const users = await usersByIds(ids);
      return new Map(users.map((user) => [user.contact.id, fromUserFields(user.fields, fields)]));
    },

    async writeFields(writes) {
      verifyBatch(writes);
      const [only] = writes;
      if (only === undefined) return { outcomes: [] };
      if (writes.length > 1 || !singleWrites.take(only.id)) return writeMany(writes);
      try {
        return { outcomes: [await writeOne(only)] };
      } catch (failure) {
        // Another program may have used up the allowance; a job of one user has limits of its own.
        const throttled = failure instanceof UpstreamBusy && failure.concerns === 'request';
        if (!throttled || failure.outcome === 'unknown') throw failure;
        return writeMany(writes);
      }
    },

    async finishWrite(text) {
      const { job: id, ids } = readReceipt(text);
      const path = `/job_statuses/${encodeURIComponent(id)}`;
      const outcomes = readOutcomes(await client.find({ lane: 'read', method: 'GET', path, answer: job }), ids);
      if (outcomes) slots.free(id);
      return outcomes;
    },

    /**
     * Deleted users are kept, and can be read, until somebody deletes them permanently, which Zendesk tells nobody. An
     * active user is not among them either, so that one who is back is looked for once more.
     * https://developer.zendesk.com/api-reference/ticketing/users/users/#show-deleted-user
     */
    async erased(ids) {
      verifyBatch(ids);
      const gone = await Promise.all(ids.map(async (id) => ((await isErased(id)) ? [id] : [])));
      return gone.flat();
    },

    async create({ email, name }) {
      const user = await client.call({
        lane: 'write',
        method: 'POST',
        path: '/users',
        body: { user: { name: name ?? email, email, role: 'end-user', skip_verify_email: true } },
        answer: oneUser,
        concerns: 'request',
      });
      return contactOf(user);
    },
  };
}

function userPath(id: string): string {
  return `/users/${encodeURIComponent(id)}`;
}

function verifyBatch(batch: readonly unknown[]): void {
  if (batch.length > batchSize) throw new RangeError(`Zendesk takes at most ${batchSize} users at once.`);
}
