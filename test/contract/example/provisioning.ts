import { z } from 'zod';
import type { Finding, Inspection, Provisioning } from '../../../src/connector.ts';
import { type RecordField, recordFields } from '../../../src/domain/record-fields.ts';
import { UpstreamRefused } from '../../../src/errors.ts';
import type { ExampleCall } from './client.ts';

const account = z.object({
  id: z.string(),
  fields: z.array(z.object({ key: z.string(), type: z.string(), options: z.array(z.string()).optional() })),
  webhook: z.string().optional(),
});
const done = z.object({});

export type ExampleAccount = z.infer<typeof account>;

export function exampleProvisioning(call: ExampleCall): Provisioning {
  async function repair(found: ExampleAccount, field: RecordField): Promise<Finding> {
    const finding = judge(found, field);
    if (finding.state !== 'missing') return finding;
    const present = found.fields.find(({ key }) => key === field.key);
    if (!present) {
      const { key, type } = field;
      await call('write', 'POST', '/fields', { key, type, options: optionsOf(field) }, done);
      return { subject: finding.subject, state: 'created' };
    }
    const options = [...new Set([...(present.options ?? []), ...optionsOf(field)])];
    await call('write', 'PUT', `/fields/${field.key}/options`, { options }, done);
    return { subject: finding.subject, state: 'repaired' };
  }

  async function inspect(look: (found: ExampleAccount) => Promise<Finding[]>): Promise<Inspection> {
    try {
      const found = await call('read', 'GET', '/account', undefined, account);
      return { account: found.id, findings: [{ subject: 'credentials', state: 'fine' }, ...(await look(found))] };
    } catch (failure) {
      if (!(failure instanceof UpstreamRefused)) throw failure;
      return {
        findings: [{ subject: 'credentials', state: 'blocked', detail: `${failure.message}.`, remedy: failure.remedy }],
      };
    }
  }

  return {
    check: () => inspect(async (found) => recordFields.map((field) => judge(found, field))),
    ensure: ({ webhookUrl }) =>
      inspect(async (found) => {
        const findings: Finding[] = [];
        for (const field of recordFields) findings.push(await repair(found, field));
        if (webhookUrl === undefined || found.webhook === webhookUrl) return findings;
        await call('write', 'POST', '/webhook', { url: webhookUrl }, done);
        return [...findings, { subject: 'webhook', state: 'created' }];
      }),
  };
}

function judge({ fields }: ExampleAccount, field: RecordField): Finding {
  const subject = `field ${field.key}`;
  const present = fields.find(({ key }) => key === field.key);
  if (!present) return { subject, state: 'missing', detail: 'It does not exist yet.' };
  if (present.type !== field.type) {
    return { subject, state: 'blocked', detail: `It is of type ${present.type}: rename or delete it.` };
  }
  const lacking = optionsOf(field).filter((option) => !present.options?.includes(option));
  return lacking.length === 0
    ? { subject, state: 'fine' }
    : { subject, state: 'missing', detail: `It lacks ${lacking.join(', ')}.` };
}

function optionsOf(field: RecordField): string[] {
  return field.type === 'choice' ? field.options.map(({ value }) => value) : [];
}
