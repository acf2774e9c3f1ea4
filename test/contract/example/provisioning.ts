import { z } from 'zod';
import type { Finding, Inspection, Provisioning } from '../../../src/connector.ts';
import { type RecordField, recordFields } from '../../../src/model/crm-field-definitions.ts';
import { UpstreamRefused } from '../../../src/model/errors.ts';
import { connectorMessage } from '../../../src/model/messages/failure-message.ts';
import { plainFinding, refusedFinding } from '../../../src/model/messages/finding.ts';
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
      return plainFinding(finding.about, 'created');
    }
    const options = [...new Set([...(present.options ?? []), ...optionsOf(field)])];
    await call('write', 'PUT', `/fields/${field.key}/options`, { options }, done);
    return plainFinding(finding.about, 'repaired');
  }

  async function inspect(readFindings: (found: ExampleAccount) => Promise<Finding[]>): Promise<Inspection> {
    try {
      const found = await call('read', 'GET', '/account', undefined, account);
      return {
        account: found.id,
        findings: [plainFinding({ kind: 'credentials' }, 'fine'), ...(await readFindings(found))],
      };
    } catch (failure) {
      if (!(failure instanceof UpstreamRefused)) throw failure;
      return { findings: [refusedFinding({ kind: 'credentials' }, failure.why)] };
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
        return [...findings, plainFinding({ kind: 'webhook' }, 'created')];
      }),
  };
}

function judge({ fields }: ExampleAccount, field: RecordField): Finding {
  const about = { kind: 'field', field: field.key } as const;
  const name = field.key;
  const present = fields.find(({ key }) => key === name);
  if (!present) return { about, state: 'missing', code: 'field.missing', params: { name } };
  if (present.type !== field.type) {
    const said = connectorMessage({ code: 'example.field_wrong_type', params: { name, is: present.type } });
    return { about, state: 'blocked', ...said };
  }
  const options = optionsOf(field).filter((option) => !present.options?.includes(option));
  if (options.length === 0) return plainFinding(about, 'fine');
  return { about, state: 'missing', code: 'field.options_missing', params: { name, options } };
}

function optionsOf(field: RecordField): string[] {
  return field.type === 'choice' ? field.options.map(({ value }) => value) : [];
}
