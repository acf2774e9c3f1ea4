import { expect } from 'vitest';
import type { Contacts, FieldsWrite, WriteOutcome } from '../../src/connector.ts';
import { doNotSurveyKey } from '../../src/model/crm-field-definitions.ts';
import { UpstreamRefused } from '../../src/model/errors.ts';
import type { ConnectorHarness, ContactsHarness, WriteFate } from './harness.ts';
import { claimed, type Question } from './question.ts';
import { everythingIn, leaks, personal } from './tools.ts';
import { answered, changedOnTheWay } from './values.ts';

/** What is asked of how a connection's `contacts` write scores; judged by what the vendor received. */
export function writingQuestions(harness: ContactsHarness, { failures, origin }: ConnectorHarness): Question[] {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => harness.recordId(index + 1));
  const [first, second, third] = ids(3) as [string, string, string];
  const allWritten = (writes: readonly FieldsWrite[]): WriteFate[] => writes.map(({ id }) => ({ id, fate: 'written' }));
  const two: readonly FieldsWrite[] = [
    { id: first, values: answered.best },
    { id: second, values: answered.worst },
  ];

  const survives = (title: string, writes: readonly FieldsWrite[]): Question => ({
    title,
    records: writes.length,
    async ask({ vendor, connection }) {
      const contacts = claimed(connection.contacts);
      harness.write(vendor, allWritten(writes), personal.comment);
      expect(results(await write(contacts, writes))).toEqual(writes.map(({ id }) => [id, 'written']));

      const received = harness.received(vendor.requests);
      expect(received.map(({ id }) => id).toSorted()).toEqual(writes.map(({ id }) => id).toSorted());
      for (const { values } of received) expect(values).not.toHaveProperty(doNotSurveyKey);

      const asked = writes.map(({ id }) => id);
      harness.read(vendor, asked, received);
      const saved = await contacts.readFields(asked);
      for (const { id, values } of writes) expect(changedOnTheWay(values, saved.get(id))).toEqual([]);
    },
  });

  /** Where a vendor takes records one by one, each can be refused; where it takes a batch, the batch. */
  const refused = (title: string, writes: readonly FieldsWrite[]): Question => ({
    title,
    records: writes.length,
    async ask({ vendor, connection, failureOf }) {
      vendor.always(origin, failures.invalid(personal.comment));
      const refusal = await claimed(connection.contacts)
        .writeFields(writes)
        .catch((failure: unknown) => failureOf(() => Promise.reject(failure)));
      if (refusal instanceof UpstreamRefused) expect(refusal.concerns).toBe('request');
      else expect(refusal).toMatchObject({ outcomes: writes.map(({ id }) => ({ id, result: 'refused' })) });
      expect(leaks([everythingIn(refusal)], Object.values(personal))).toEqual([]);
    },
  });

  return [
    survives('writes one score so that it reads back the same', two.slice(0, 1)),
    survives('writes several scores so that they read back the same', two),
    survives('clears one score', [{ id: first, values: answered.nothing }]),
    survives('clears one score and writes another', [
      { id: first, values: answered.nothing },
      { id: second, values: answered.best },
    ]),
    {
      title: 'sends only the fields that it was given',
      async ask({ vendor, connection }) {
        const writes = [{ id: first, values: { nps_latest_rating: 0, nps_latest_comment: null } }];
        harness.write(vendor, allWritten(writes), personal.comment);
        await write(claimed(connection.contacts), writes);
        const received = harness.received(vendor.requests);
        expect(received.map(({ values }) => Object.keys(values).toSorted())).toEqual([
          ['nps_latest_comment', 'nps_latest_rating'],
        ]);
      },
    },
    {
      title: 'sends the same when it writes the same again',
      records: 2,
      async ask({ vendor, connection }) {
        const contacts = claimed(connection.contacts);
        for (let time = 0; time < 2; time += 1) {
          harness.write(vendor, allWritten(two), personal.comment);
          await write(contacts, two);
        }
        const received = harness.received(vendor.requests);
        expect(received).toHaveLength(4);
        expect(received.slice(2)).toEqual(received.slice(0, 2));
      },
    },
    {
      title: 'tells the fate of every record, and blames nobody by name',
      records: 3,
      async ask({ vendor, connection }) {
        const fates = [
          { id: first, fate: 'gone' },
          { id: second, fate: 'written' },
          { id: third, fate: 'refused' },
        ] as const;
        harness.write(vendor, fates, personal.comment);
        const outcomes = await write(
          claimed(connection.contacts),
          fates.map(({ id }) => ({ id, values: answered.best })),
        );
        expect(results(outcomes)).toEqual(fates.map(({ id, fate }) => [id, fate]));
        expect(outcomes.find(({ id }) => id === third)).toHaveProperty('why.code', expect.stringMatching(/^[a-z_]+$/u));
        expect(leaks([JSON.stringify(outcomes)], Object.values(personal))).toEqual([]);
      },
    },
    {
      title: 'skips a lone record that is gone',
      async ask({ vendor, connection }) {
        harness.write(vendor, [{ id: first, fate: 'gone' }], personal.comment);
        const outcomes = await write(claimed(connection.contacts), two.slice(0, 1));
        expect(results(outcomes)).toEqual([[first, 'gone']]);
      },
    },
    refused('refuses no more than a lone record that is not valid', two.slice(0, 1)),
    refused('refuses of a whole batch no more than this one request, or its records one by one', two),
    {
      title: 'writes a full batch, each record once',
      async ask({ vendor, connection }) {
        const contacts = claimed(connection.contacts);
        const writes = ids(contacts.batchSize).map((id) => ({ id, values: { nps_latest_rating: 9 } }));
        harness.write(vendor, allWritten(writes), personal.comment);
        expect(await write(contacts, writes)).toHaveLength(writes.length);
        const received = harness.received(vendor.requests).map(({ id }) => id);
        expect(received.toSorted()).toEqual(writes.map(({ id }) => id).toSorted());
      },
    },
    {
      title: 'refuses more than a batch before anything is sent',
      async ask({ vendor, connection, failureOf }) {
        const contacts = claimed(connection.contacts);
        const tooMany = ids(contacts.batchSize + 1);
        await failureOf(() => contacts.writeFields(tooMany.map((id) => ({ id, values: { nps_latest_rating: 9 } }))));
        await failureOf(() => contacts.find({ ids: tooMany }));
        expect(vendor.requests).toEqual([]);
      },
    },
    {
      title: 'leaves out of what it reads the records that are gone',
      records: 2,
      async ask({ vendor, connection }) {
        harness.read(vendor, [first, second], []);
        expect((await claimed(connection.contacts).readFields([first, second])).size).toBe(0);
      },
    },
    {
      title: 'says of a write whose receipt is no longer known that nobody knows',
      records: 2,
      async ask({ vendor, connection }) {
        const contacts = claimed(connection.contacts);
        harness.write(vendor, allWritten(two), personal.comment);
        const { unfinished } = await contacts.writeFields(two);
        expect(unfinished === undefined || contacts.finishWrite !== undefined, 'a receipt needs finishWrite').toBe(
          true,
        );
        if (!unfinished) return;
        vendor.forget();
        vendor.always(origin, failures.missing);
        const outcomes = await contacts.finishWrite?.(unfinished.receipt);
        expect(outcomes?.every(({ result }) => result === 'unknown')).toBe(true);
      },
    },
  ];
}

/** What became of a write in the end, as the core would learn it. */
async function write(contacts: Contacts, writes: readonly FieldsWrite[]): Promise<readonly WriteOutcome[]> {
  const { outcomes, unfinished } = await contacts.writeFields(writes);
  if (!unfinished) return outcomes;
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const later = await contacts.finishWrite?.(unfinished.receipt);
    if (later) return [...outcomes, ...later];
  }
  throw new Error('A write never finished.');
}

function results(outcomes: readonly WriteOutcome[]): (readonly [string, WriteOutcome['result']])[] {
  return outcomes.map(({ id, result }) => [id, result] as const).toSorted(([a], [b]) => a.localeCompare(b));
}
