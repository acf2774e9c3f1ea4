import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestAccount, type TestAccount } from './harness.ts';

let account: TestAccount;

beforeEach(async () => {
  account = await startTestAccount();
  const options = [{ name: 'Promoter', value: 'nps_promoter' }];
  for (const field of [
    { type: 'integer', key: 'rating', title: 'Rating' },
    { type: 'date', key: 'day', title: 'Day' },
    { type: 'checkbox', key: 'flag', title: 'Flag' },
    { type: 'textarea', key: 'comment', title: 'Comment' },
    { type: 'dropdown', key: 'category', title: 'Category', custom_field_options: options },
  ]) {
    expect((await account.call('POST', '/api/v2/user_fields', { user_field: field })).status).toBe(201);
  }
});

afterEach(async () => {
  await account.stop();
});

const unset = { rating: null, day: null, flag: false, comment: null, category: null };

function customer(email = 'kim@customer.example', more: { shared?: boolean } = {}): string {
  return account.simulator.addContact({ name: 'Kim', email, ...more });
}

const write = (id: string, values: Record<string, unknown>) =>
  account.call('PUT', `/api/v2/users/${id}`, { user: { user_fields: values } });

describe('a deleted user', () => {
  const read = async (id: string) => {
    const { status, body } = await account.call('GET', `/api/v2/deleted_users/${id}`);
    return [status, (body.deleted_user as { permanently_deleted?: boolean } | undefined)?.permanently_deleted];
  };

  it('is among the deleted ones until restored, and stays there when deleted permanently', async () => {
    const id = customer();
    expect(await read(id)).toEqual([404, undefined]);
    account.simulator.removeContact?.(id);
    expect(await read(id)).toEqual([200, false]);
    account.simulator.restoreContact?.(id);
    expect(await read(id)).toEqual([404, undefined]);
    account.simulator.eraseContact?.(id);
    expect(await read(id)).toEqual([200, true]);
    expect((await account.call('GET', `/api/v2/users/${id}`)).status).toBe(404);
    expect(await read('404404')).toEqual([404, undefined]);
  });

  it('who went up in another one is among them, too', async () => {
    const [loser, winner] = [customer('a@customer.example'), customer('b@customer.example')];
    account.simulator.mergeContacts?.(loser, winner);
    expect(await read(loser)).toEqual([200, false]);
    expect(await read(winner)).toEqual([404, undefined]);
  });
});

describe('a single user', () => {
  it('keeps what is written beside what was there, and reads days back as midnights', async () => {
    const id = customer();
    expect(account.simulator.record(id)).toEqual(unset);
    await write(id, { rating: 9, day: '2026-11-02' });
    account.pass(1000);
    const { status, body } = await write(id, { flag: true, comment: 'fine 👍', category: 'nps_promoter' });
    const written = {
      rating: 9,
      day: '2026-11-02T00:00:00+00:00',
      flag: true,
      comment: 'fine 👍',
      category: 'nps_promoter',
    };
    expect([status, body.user]).toMatchObject([200, { id: Number(id), role: 'end-user', user_fields: written }]);
    account.pass(1000);
    await write(id, { rating: null, day: null, category: null, comment: null });
    expect(account.simulator.record(id)).toEqual({ ...unset, flag: true });
  });

  it.each([
    ['a field that there is not', { nps_unknown: 1 }],
    ['an option that there is not', { category: 'promoter' }],
    ['words in a number', { rating: 'nine' }],
    ['a fraction in an integer', { rating: 9.5 }],
    ['a time in a day', { day: '2026-11-02T10:00:00Z' }],
    ['a day that there is not', { day: '2026-02-30' }],
    ['a word in a checkbox', { flag: 'true' }],
    ['a number in a text', { comment: 9 }],
  ])('refuses %s, and the rest of the write with it', async (_what, value) => {
    const id = customer();
    const { status, body } = await write(id, { ...value, ...('rating' in value ? { flag: true } : { rating: 9 }) });
    expect([status, body.error]).toEqual([422, 'RecordInvalid']);
    expect(account.simulator.record(id)).toEqual(unset);
  });

  it('cannot be written when it is shared, strange or no number', async () => {
    expect((await write(customer('a@customer.example', { shared: true }), { rating: 9 })).status).toBe(403);
    account.pass(1000);
    expect((await write('42', { rating: 9 })).status).toBe(404);
    account.pass(1000);
    expect((await write('kim', { rating: 9 })).status).toBe(400);
  });

  it('is found by any of its addresses, whatever their case', async () => {
    const id = customer();
    await account.call('PUT', `/api/v2/users/${id}`, { user: { email: 'second@customer.example' } });
    const find = (query: string) => account.call('GET', `/api/v2/users/search?query=${encodeURIComponent(query)}`);
    for (const email of ['KIM@customer.example', 'second@customer.example']) {
      expect((await find(`email:"${email}"`)).body).toMatchObject({
        users: [{ id: Number(id), email: 'kim@customer.example' }],
      });
    }
    expect((await find('email:"unknown@customer.example"')).body).toMatchObject({ users: [], count: 0 });
    expect((await find('kim')).status).toBe(400);
    expect(account.simulator.recordIdByEmail('Kim@Customer.example')).toBe(id);
  });

  it('is made once for one address', async () => {
    const user = { name: 'Lee', email: 'lee@customer.example', skip_verify_email: true };
    const { status, body } = await account.call('POST', '/api/v2/users', { user });
    expect([status, body.user]).toMatchObject([201, { name: 'Lee', role: 'end-user', verified: false }]);
    const again = await account.call('POST', '/api/v2/users', { user });
    expect([again.status, again.body.details]).toMatchObject([422, { email: [{ error: 'DuplicateValue' }] }]);
  });

  it('is shown with others, without those that there are not, a hundred at most', async () => {
    const [kim, lee] = [customer(), customer('lee@customer.example')];
    const { body } = await account.call('GET', `/api/v2/users/show_many?ids=${kim},42,${lee}`);
    expect(body.users).toMatchObject([{ id: Number(kim) }, { id: Number(lee) }]);
    const many = Array.from({ length: 101 }, (_, index) => index + 1).join();
    expect((await account.call('GET', `/api/v2/users/show_many?ids=${many}`)).status).toBe(400);
  });
});

describe('a job', () => {
  const enqueue = (rows: readonly unknown[]) => account.call('PUT', '/api/v2/users/update_many', { users: rows });

  async function jobAfter(id: unknown, milliseconds: number): Promise<Record<string, unknown>> {
    account.pass(milliseconds);
    return (await account.call('GET', `/api/v2/job_statuses/${id}`)).body.job_status as Record<string, unknown>;
  }

  it('is queued, works, completes, and may hold rows that failed', async () => {
    const [kim, shared] = [customer(), customer('s@customer.example', { shared: true })];
    const { status, body } = await enqueue([
      { id: Number(kim), user_fields: { rating: 9 } },
      { id: 42, user_fields: { rating: 9 } },
      { id: Number(shared), user_fields: { rating: 9 } },
      { id: Number(kim), user_fields: { rating: 'nine' } },
    ]);
    expect([status, body.job_status]).toMatchObject([
      200,
      { status: 'queued', total: 4, progress: null, results: null },
    ]);
    const { id } = body.job_status as { id: string };
    expect(await jobAfter(id, 200)).toMatchObject({ status: 'working', results: null });
    expect(account.simulator.record(kim)).toEqual(unset);
    const done = await jobAfter(id, 400);
    expect(done).toMatchObject({ status: 'completed', progress: 4 });
    expect(done.results).toEqual([
      { id: Number(kim), index: 0, action: 'update', status: 'Updated', success: true },
      { index: 1, error: 'UserNotFound', details: expect.any(String), success: false },
      { index: 2, error: 'PermissionDenied', details: expect.any(String), success: false },
      { index: 3, error: 'RecordInvalid', details: expect.stringContaining('rating'), success: false },
    ]);
    expect(account.simulator.record(kim)).toEqual({ ...unset, rating: 9 });
    account.pass(25 * 60 * 60 * 1000);
    expect((await account.call('GET', `/api/v2/job_statuses/${id}`)).status).toBe(404);
  });

  it('completes by itself', async () => {
    const id = customer();
    await enqueue([{ id: Number(id), user_fields: { rating: 9 } }]);
    account.pass(600);
    expect(account.simulator.record(id)).toEqual({ ...unset, rating: 9 });
  });

  it('may be overtaken by a later one', async () => {
    const id = customer();
    await enqueue([{ id: Number(id), user_fields: { rating: 1 } }]);
    await enqueue([{ id: Number(id), user_fields: { rating: 2 } }]);
    account.pass(600);
    expect(account.simulator.record(id)).toEqual({ ...unset, rating: 1 });
  });

  it('writes one change to several, or several to each their own, never both', async () => {
    const id = customer();
    const user = { user_fields: { rating: 7 } };
    expect((await account.call('PUT', `/api/v2/users/update_many?ids=${id}`, { user })).status).toBe(200);
    account.pass(600);
    expect(account.simulator.record(id)).toEqual({ ...unset, rating: 7 });
    const users = [{ id: Number(id), ...user }];
    expect((await account.call('PUT', `/api/v2/users/update_many?ids=${id}`, { users })).status).toBe(400);
    expect((await account.call('PUT', '/api/v2/users/update_many', {})).status).toBe(400);
    expect((await enqueue([])).status).toBe(400);
    expect((await enqueue([user])).status).toBe(400);
    expect((await enqueue(Array.from({ length: 101 }, () => users[0]))).status).toBe(400);
  });

  it('waits for no more than thirty others', async () => {
    const row = { id: Number(customer()), user_fields: { rating: 9 } };
    for (let job = 0; job < 30; job += 1) expect((await enqueue([row])).status).toBe(200);
    const refused = await enqueue([row]);
    expect([refused.status, refused.body.error]).toEqual([429, 'TooManyJobs']);
    account.pass(600);
    expect((await enqueue([row])).status).toBe(200);
  });
});
