import { expect } from 'vitest';
import type { Finding, Inspection } from '../../src/connector.ts';
import { type RecordField, recordFields } from '../../src/model/crm-field-definitions.ts';
import { UpstreamBusy } from '../../src/model/errors.ts';
import type { Answer } from '../http-mock.ts';
import type { AccountChange, AccountState, ConnectorHarness, ExistingField, ProvisioningHarness } from './harness.ts';
import { claimed, type Question } from './question.ts';

const webhookUrl = 'https://feedback.example.com/webhooks/contract';
const allKeys = recordFields.map(({ key }) => key);
const complete: readonly ExistingField[] = recordFields.map((field) => ({ field }));
const finished: AccountState = { fields: complete, webhook: 'present', webhookUrl };

/** What is asked of a connection's `provisioning`. */
export function provisioningQuestions(harness: ProvisioningHarness, connector: ConnectorHarness): Question[] {
  const { failures, origin, secrets } = connector;
  /** Runs `check` or `ensure` on an account in this state: what it says, and what it changed. */
  const question = (
    title: string,
    run: 'check' | 'ensure',
    state: AccountState,
    verify: (inspection: Inspection, changes: readonly AccountChange[]) => void,
  ): Question => ({
    title,
    async ask({ vendor, connection }) {
      harness.account(vendor, state);
      const provisioning = claimed(connection.provisioning);
      const inspection = run === 'check' ? await provisioning.check() : await provisioning.ensure({ webhookUrl });
      verify(inspection, harness.changes(vendor.requests));
      expect(secrets.filter((secret) => JSON.stringify(inspection).includes(secret))).toEqual([]);
    },
  });
  const failing = (title: string, answer: Answer): Question => ({
    title,
    async ask({ vendor, connection }) {
      vendor.always(origin, answer);
      const { findings } = await claimed(connection.provisioning).check();
      expect(findings).toContainEqual(blocked({}));
      expect(findings.filter(({ state }) => state === 'missing' || state === 'created')).toEqual([]);
      if (answer === failures.unauthorized)
        expect(findings).toContainEqual(blocked({ about: { kind: 'credentials' } }));
    },
  });
  const { number, choice } = examples();
  const leftAlone = 'labelled by an admin';

  return [
    question('check names every field that is missing, and creates none', 'check', empty(), (inspection, changes) => {
      expect(inspection.account).toMatch(/./u);
      for (const key of allKeys)
        expect(about(inspection, key)).toMatchObject({ state: 'missing', code: expect.any(String) });
      expect(changes).toEqual([]);
    }),
    question('check finds nothing wrong with a complete account', 'check', finished, (inspection, changes) => {
      expect(inspection.account).toMatch(/./u);
      expect(inspection.findings.filter(({ state }) => state !== 'fine')).toEqual([]);
      for (const key of allKeys) expect(about(inspection, key).state).toBe('fine');
      expect(changes).toEqual([]);
    }),
    question('ensure creates everything that is missing, once', 'ensure', empty(), (inspection, changes) => {
      expect(created(changes).toSorted()).toEqual(allKeys.toSorted());
      for (const key of allKeys) expect(about(inspection, key).state).toBe('created');
      const webhooks = changes.filter(({ what }) => what === 'created webhook');
      expect(webhooks).toHaveLength(harness.registersWebhooks ? 1 : 0);
      expect(changes.filter(({ what }) => what.startsWith('changed'))).toEqual([]);
    }),
    question('ensure changes nothing where nothing is missing', 'ensure', finished, (inspection, changes) => {
      expect(inspection.findings.filter(({ state }) => state !== 'fine')).toEqual([]);
      expect(changes).toEqual([]);
    }),
    question('ensure creates exactly the field that is missing', 'ensure', without(choice), (inspection, changes) => {
      expect(changes).toEqual([{ what: 'created field', key: choice.key }]);
      expect(about(inspection, choice.key).state).toBe('created');
    }),
    question('check calls a field of another type blocked', 'check', differing(number, 'type'), (inspection) => {
      expect(about(inspection, number.key)).toMatchObject({ state: 'blocked', code: expect.any(String) });
    }),
    question(
      'ensure leaves a field of another type as it is',
      'ensure',
      differing(number, 'type'),
      (found, changes) => {
        expect(about(found, number.key)).toMatchObject({ state: 'blocked', code: expect.any(String) });
        expect(changes).toEqual([]);
      },
    ),
    question(`ensure leaves a field as it is ${leftAlone}`, 'ensure', differing(number, 'label'), (found, changes) => {
      expect(about(found, number.key).state).toBe('fine');
      expect(changes).toEqual([]);
    }),
    question('check names a field that lacks an option', 'check', differing(choice, 'options'), (found, changes) => {
      expect(about(found, choice.key)).toMatchObject({ state: 'missing', code: expect.any(String) });
      expect(changes).toEqual([]);
    }),
    question('ensure adds an option and drops none', 'ensure', differing(choice, 'options'), (found, changes) => {
      expect(about(found, choice.key).state).toBe('repaired');
      expect(changes).toHaveLength(1);
      const [change] = changes;
      expect(change).toMatchObject({ what: 'changed options', key: choice.key });
      if (change?.what !== 'changed options') return;
      const last = choice.options.at(-1)?.value;
      if (change.replaced) {
        expect(change.replaced).toHaveLength(choice.options.length + 1);
        expect(change.replaced).toContain('extra');
      }
      expect(change.added ?? change.replaced?.find((value) => value.includes(`${last}`))).toContain(last);
    }),
    {
      title: 'ensure registers no webhook while no address is known',
      async ask({ vendor, connection }) {
        harness.account(vendor, { ...finished, webhook: 'absent' });
        await claimed(connection.provisioning).ensure({});
        expect(harness.changes(vendor.requests)).toEqual([]);
      },
    },
    failing('check finds refused credentials, and does not throw', failures.unauthorized),
    failing('check finds a missing right, and does not throw', failures.forbidden),
    {
      title: 'check cannot tell anything of a vendor that is busy',
      async ask({ vendor, connection, failureOf }) {
        vendor.always(origin, failures.broken);
        expect(await failureOf(() => claimed(connection.provisioning).check())).toBeInstanceOf(UpstreamBusy);
      },
    },
  ];
}

const blocked = (about: object) => expect.objectContaining({ state: 'blocked', code: 'refused', ...about });

function empty(): AccountState {
  return { fields: [], webhook: 'absent', webhookUrl };
}

function without(field: RecordField): AccountState {
  return { ...finished, fields: complete.filter((existing) => existing.field !== field) };
}

function differing(field: RecordField, differsIn: NonNullable<ExistingField['differsIn']>): AccountState {
  return {
    ...finished,
    fields: complete.map((existing) => (existing.field === field ? { field, differsIn } : existing)),
  };
}

function created(changes: readonly AccountChange[]): string[] {
  return changes.flatMap((change) => (change.what === 'created field' ? [change.key] : []));
}

/** The one finding about this field. */
function about({ findings }: Inspection, key: string): Finding {
  const found = findings.filter(({ about }) => about.kind === 'field' && about.field === key);
  expect(found, `findings about ${key}`).toHaveLength(1);
  return found[0] as Finding;
}

function examples() {
  const number = recordFields.find(({ type }) => type === 'number');
  const choice = recordFields.find((field) => field.type === 'choice');
  if (!number || choice?.type !== 'choice') throw new Error('The contract suite needs a number and a choice.');
  return { number, choice };
}
