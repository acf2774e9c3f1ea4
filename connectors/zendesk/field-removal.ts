import { z } from 'zod';
import type { Finding } from '../../src/connector.ts';
import type { AccountField } from '../../src/domain/account-fields.ts';
import { fieldMark } from '../../src/domain/record-fields.ts';
import type { UserField } from './account-schema.ts';
import type { ZendeskClient } from './client.ts';
import { blockedBy, type ExistingFields } from './user-fields.ts';

/** Deletes the user fields that carry our mark, with all their values; an admin's field of the same key stays. */
export async function removeFields(
  client: ZendeskClient,
  fields: readonly AccountField[],
  existing: ExistingFields,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { key, name } of fields) {
    const standing = existing.get(name);
    if (standing) findings.push(await remove(client, `field ${key}`, standing));
  }
  return findings;
}

async function remove(client: ZendeskClient, subject: string, { id, key, description }: UserField): Promise<Finding> {
  if (!description.endsWith(fieldMark))
    return { subject, state: 'fine', detail: `The user field ${key} does not carry our mark: it stays.` };
  try {
    const path = `/user_fields/${encodeURIComponent(id)}`;
    await client.find({ lane: 'write', method: 'DELETE', path, answer: z.unknown(), concerns: 'request' });
    return { subject, state: 'removed', detail: `The user field ${key} was deleted, with all its values.` };
  } catch (failure) {
    return { subject, ...blockedBy(failure) };
  }
}
