import { z } from 'zod';
import type { Finding } from '../../src/connector.ts';
import type { AccountField } from '../../src/model/account-fields.ts';
import { fieldMark } from '../../src/model/crm-field-definitions.ts';
import { aboutField, type FindingAbout } from '../../src/model/messages/finding.ts';
import type { UserField } from './account-schema.ts';
import type { ZendeskClient } from './client.ts';
import { say } from './messages.ts';
import { blockedBy, type ExistingFields } from './user-fields.ts';

/** Deletes the user fields that carry our mark, with all their values; an admin's field of the same key stays. */
export async function removeFields(
  client: ZendeskClient,
  fields: readonly AccountField[],
  existing: ExistingFields,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const field of fields) {
    const standing = existing.get(field.name);
    if (standing) findings.push(await remove(client, aboutField(field), standing));
  }
  return findings;
}

async function remove(
  client: ZendeskClient,
  about: FindingAbout,
  { id, key, description }: UserField,
): Promise<Finding> {
  const params = { name: key };
  if (!description.endsWith(fieldMark)) {
    return { about, state: 'fine', ...say({ code: 'zendesk.field_not_ours', params }) };
  }
  try {
    const path = `/user_fields/${encodeURIComponent(id)}`;
    await client.find({ lane: 'write', method: 'DELETE', path, answer: z.unknown(), concerns: 'request' });
    return { about, state: 'removed', code: 'field.removed', params };
  } catch (failure) {
    return blockedBy(about, failure);
  }
}
