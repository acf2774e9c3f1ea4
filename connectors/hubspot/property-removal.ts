import type { Finding } from '../../src/connector.ts';
import type { AccountField } from '../../src/model/account-fields.ts';
import { fieldGroup, fieldMark } from '../../src/model/crm-field-definitions.ts';
import { aboutField, refusedFinding } from '../../src/model/messages/finding.ts';
import type { Property } from './account-schema.ts';
import type { HubspotClient } from './client.ts';
import { anything, inspect } from './inspection.ts';
import { say } from './messages.ts';

/** Archives the properties that carry our mark, and the group if nothing else is in it. */
export async function removeProperties(
  client: HubspotClient,
  { path, fields }: { path: string; fields: readonly AccountField[] },
  active: ReadonlyMap<string, Property>,
): Promise<readonly Finding[]> {
  async function archive(field: AccountField): Promise<Finding> {
    const about = aboutField(field);
    const one = { lane: 'write', method: 'DELETE', path: `${path}/${field.name}`, reads: anything } as const;
    const { status, failure } = await inspect(client, one);
    if (failure && status !== 404) return refusedFinding(about, failure.why);
    const params = { name: field.name };
    return { about, state: 'removed', ...say({ code: 'hubspot.property_removed', params }) };
  }

  const ours = fields.filter(({ name }) => active.get(name)?.description?.trimEnd().endsWith(fieldMark));
  const findings = await Promise.all(ours.map(archive));
  const names = new Set(ours.map(({ name }) => name));
  const others = [...active.values()].filter(({ name, groupName }) => groupName === fieldGroup.key && !names.has(name));
  if (ours.length > 0 && others.length === 0 && findings.every(({ state }) => state === 'removed')) {
    const group = `${path}/groups/${fieldGroup.key}`;
    await inspect(client, { lane: 'write', method: 'DELETE', path: group, reads: anything });
  }
  return findings;
}
