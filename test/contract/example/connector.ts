import { z } from 'zod';
import type { Connection, ConnectionTools, Connector, Contacts, FieldsWrite, Tickets } from '../../../src/connector.ts';
import { type ContactSnapshot, normalizeEmail } from '../../../src/model/contact.ts';
import type { RecordValues } from '../../../src/model/crm-field-definitions.ts';
import { invalidField } from '../../../src/model/errors.ts';
import { exampleClient } from './client.ts';
import { examplePanel } from './panel.ts';
import { exampleProvisioning } from './provisioning.ts';
import { exampleWebhooks } from './webhooks.ts';

const batchSize = 5;

const secret = (description: string) => z.string().min(1).optional().meta({ description, secret: true });

const settings = z
  .object({
    EXAMPLE_TOKEN: secret('Opens the account.'),
    EXAMPLE_WEBHOOK_SECRET: secret('Signs its webhooks.'),
    EXAMPLE_ADDRESS: z.url().optional().meta({ description: 'Where it answers.' }),
  })
  .superRefine((given, context) => {
    if (given.EXAMPLE_TOKEN || !given.EXAMPLE_WEBHOOK_SECRET) return;
    context.addIssue({ code: 'custom', path: ['EXAMPLE_TOKEN'], message: 'is needed beside EXAMPLE_WEBHOOK_SECRET' });
  });

type ExampleSettings = z.infer<typeof settings>;

/** The smallest connector that can do everything: what the contract suite is tested with. Its vendor is made up. */
export const exampleConnector: Connector<ExampleSettings> = {
  name: 'example',
  title: 'Example',
  settings,
  guide: {
    color: '#336699',
    summary: { en: 'Tickets and contacts; scores stand on the contact.' },
    fields: {
      EXAMPLE_TOKEN: { label: 'Token', help: 'Stands on the account’s page of tokens.' },
      EXAMPLE_WEBHOOK_SECRET: {
        label: 'Webhook secret',
        help: 'Stands beside the token; webhooks are signed with it.',
      },
      EXAMPLE_ADDRESS: { label: 'Address', help: 'Leave it empty, unless it answers elsewhere.' },
    },
    keys: [
      {
        name: 'token',
        title: 'A token',
        steps: ['Open the page of tokens and copy one.'],
        needs: ['EXAMPLE_TOKEN'],
        may: ['EXAMPLE_WEBHOOK_SECRET', 'EXAMPLE_ADDRESS'],
      },
    ],
    address: 'EXAMPLE_ADDRESS',
  },
  connects: ({ EXAMPLE_TOKEN }) => EXAMPLE_TOKEN !== undefined,
  limits: { calls: 10, window: 1000, atOnce: 2 },
  webhooks: exampleWebhooks,
  panel: examplePanel,
  connect: ({ EXAMPLE_TOKEN = '', EXAMPLE_WEBHOOK_SECRET }, tools) =>
    connection(EXAMPLE_TOKEN, EXAMPLE_WEBHOOK_SECRET, tools),
};

function connection(token: string, webhookSecret: string | undefined, tools: ConnectionTools): Connection {
  const call = exampleClient(token, tools);

  const tickets: Tickets = {
    batchSize,
    async find(ids) {
      verifyBatch(ids);
      if (ids.length === 0) return [];
      const { tickets: found } = await call('read', 'POST', '/tickets/find', { ids }, foundTickets);
      return found.map(({ open, lost, record, ...rest }) => ({
        ...rest,
        state: lost ? 'gone' : open ? 'open' : 'resolved',
        ...(lost ? { merged: true } : {}),
        requester: contact(record),
        tags: [],
      }));
    },
    async changedSince(since, cursor) {
      const page = await call('read', 'GET', `/tickets?after=${cursor ?? since.getTime()}`, undefined, changesPage);
      return {
        changes: page.tickets.map(({ id, at }) => ({ id, changedAt: new Date(at) })),
        ...(page.next === undefined ? {} : { cursor: page.next }),
        more: page.next !== undefined,
        completeUntil: page.next === undefined ? new Date(tools.clock().getTime() - 60_000) : since,
      };
    },
  };

  const contacts: Contacts = {
    batchSize,
    async find(by) {
      const sought = 'ids' in by ? by.ids : by.emails.map((email) => normalizeEmail(email) ?? email);
      verifyBatch(sought);
      if (sought.length === 0) return [];
      const body = 'ids' in by ? { ids: sought } : { emails: sought };
      return (await call('read', 'POST', '/records/find', body, z.object({ records: z.array(record) }))).records.map(
        contact,
      );
    },
    async readFields(ids) {
      if (ids.length === 0) return new Map();
      const { records } = await call('read', 'POST', '/records/read', { ids }, recordsPage);
      return new Map(records.map(({ id, values }) => [id, values satisfies RecordValues]));
    },
    async writeFields(writes: readonly FieldsWrite[]) {
      verifyBatch(writes);
      if (writes.length === 0) return { outcomes: [] };
      const { job } = await call('write', 'POST', '/records/write', { writes }, z.object({ job: z.string() }));
      return { outcomes: [], unfinished: { receipt: job, ids: writes.map(({ id }) => id) } };
    },
    async finishWrite(receipt) {
      const job = await call('read', 'GET', `/jobs/${receipt}`, undefined, finishedJob.optional());
      return (job?.fates ?? []).map(({ id, fate }) =>
        fate === 'refused'
          ? { id, result: fate, why: { code: 'refused', params: { said: 'invalid' } } }
          : { id, result: fate },
      );
    },
  };

  const secrets = async () => (webhookSecret ? [webhookSecret] : []);
  return {
    webhookSecrets: secrets,
    panelSecrets: secrets,
    tickets,
    contacts,
    provisioning: exampleProvisioning(call),
  };
}

const record = z.object({ id: z.string(), email: z.string(), name: z.string() });
const foundTickets = z.object({
  tickets: z.array(
    z.object({ id: z.string(), open: z.boolean(), lost: z.boolean().optional(), subject: z.string(), record }),
  ),
});
const changesPage = z.object({
  tickets: z.array(z.object({ id: z.string(), at: z.string() })),
  next: z.string().optional(),
});
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const recordsPage = z.object({ records: z.array(z.object({ id: z.string(), values: z.record(z.string(), value) })) });
const finishedJob = z.object({
  fates: z.array(z.object({ id: z.string(), fate: z.enum(['written', 'gone', 'refused']) })),
});

function contact({ id, email, name }: z.infer<typeof record>): ContactSnapshot {
  return { id, email, name, emails: [{ address: email, verified: true }] };
}

function verifyBatch(batch: readonly unknown[]): void {
  if (batch.length > batchSize)
    throw invalidField('records', { code: 'field.list_too_long', params: { max: batchSize } });
}
