import { z } from 'zod';
import type { Finding } from '../../src/connector.ts';
import {
  type AccountField,
  type FieldProfile,
  fieldsInProfile,
  labelled,
  leftOutFindings,
} from '../../src/model/account-fields.ts';
import { fieldMark, type RecordField } from '../../src/model/crm-field-definitions.ts';
import { UpstreamRefused } from '../../src/model/errors.ts';
import type { FieldLabels } from '../../src/model/locale.ts';
import { aboutField, type FindingAbout, plainFinding, refusedFinding } from '../../src/model/messages/finding.ts';
import { type UserField, userFields } from './account-schema.ts';
import type { ZendeskClient } from './client.ts';
import { say } from './messages.ts';
import { readAll } from './pages.ts';
import { optionValue } from './values.ts';

const types: Readonly<Record<RecordField['type'], string>> = {
  number: 'integer',
  text: 'text',
  long_text: 'textarea',
  timestamp: 'date',
  flag: 'checkbox',
  choice: 'dropdown',
};

export type ExistingFields = ReadonlyMap<string, UserField>;

export async function readUserFields(client: ZendeskClient): Promise<ExistingFields> {
  const fields = await readAll(client, { path: '/user_fields', answer: userFields });
  return new Map(fields.map((field) => [field.key, field]));
}

/** Ours, as an account has them, and which of them are created. */
export type RequestedFields = { fields: readonly AccountField[]; profile?: FieldProfile | undefined };

/** How each of our fields stands. */
export function inspectFields({ fields, profile }: RequestedFields, existing: ExistingFields): Finding[] {
  const { included, leftOut } = fieldsInProfile(fields, profile, ({ name }) => existing.has(name));
  return [...included.map((field) => inspect(field, existing.get(field.name))), ...leftOutFindings(leftOut)];
}

/**
 * Creates the fields that are missing and adds options that are missing, one by one; changes nothing else.
 *
 * @param ours.labels what new ones are called; English unless given
 */
export async function ensureFields(
  client: ZendeskClient,
  ours: RequestedFields & { labels?: FieldLabels | undefined },
  existing: ExistingFields,
): Promise<Finding[]> {
  const { included, leftOut } = fieldsInProfile(ours.fields, ours.profile, ({ name }) => existing.has(name));
  const fields = included.map((field) => labelled(field, ours.labels));
  const findings: Finding[] = [];
  for (const field of fields) findings.push(await ensure(client, field, existing.get(field.name)));
  const taken = await readTakenMeanwhile(client, { fields, findings }, existing);
  const standing = fields.map((field, index) => {
    const now = taken.get(field.name);
    return now ? inspect(field, now) : (findings[index] as Finding);
  });
  return [...standing, ...leftOutFindings(leftOut)];
}

/** A creation is refused when the key is taken: by another process of ours, or by an admin. What counts is how it stands. */
async function readTakenMeanwhile(
  client: ZendeskClient,
  { fields, findings }: { fields: readonly AccountField[]; findings: readonly Finding[] },
  existing: ExistingFields,
): Promise<ExistingFields> {
  const refused = fields.filter(({ name }, index) => !existing.has(name) && findings[index]?.state === 'blocked');
  if (refused.length === 0) return new Map();
  const now = await readUserFields(client);
  return new Map([...now].filter(([name]) => refused.some((field) => field.name === name)));
}

async function ensure(client: ZendeskClient, field: AccountField, existing: UserField | undefined): Promise<Finding> {
  const finding = inspect(field, existing);
  if (finding.state !== 'missing') return finding;
  try {
    return existing ? await addOptions(client, field, existing) : await create(client, field);
  } catch (failure) {
    return blockedBy(finding.about, failure);
  }
}

async function create(client: ZendeskClient, field: AccountField): Promise<Finding> {
  await client.call({
    lane: 'write',
    method: 'POST',
    path: '/user_fields',
    body: { user_field: definition(field) },
    answer: z.unknown(),
    concerns: 'request',
  });
  return plainFinding(aboutField(field), 'created');
}

/** Never by resending the list: Zendesk deletes the options that are not in it. */
async function addOptions(client: ZendeskClient, field: AccountField, existing: UserField): Promise<Finding> {
  for (const option of missingOptions(field, existing)) {
    await client.call({
      lane: 'write',
      method: 'POST',
      path: `/user_fields/${encodeURIComponent(existing.id)}/options`,
      body: { custom_field_option: option },
      answer: z.unknown(),
      concerns: 'request',
    });
  }
  return plainFinding(aboutField(field), 'repaired');
}

function definition(field: AccountField) {
  return {
    type: types[field.type],
    key: field.name,
    title: field.label,
    description: `${field.description} ${fieldMark}`,
    active: true,
    ...(field.type === 'choice' ? { custom_field_options: optionsOf(field) } : {}),
  };
}

function inspect(field: AccountField, existing: UserField | undefined): Finding {
  const about = aboutField(field);
  const { name } = field;
  if (!existing) return { about, state: 'missing', code: 'field.missing', params: { name } };
  if (existing.type !== types[field.type]) {
    const params = { name, is: existing.type, expected: types[field.type] };
    return { about, state: 'blocked', ...say({ code: 'zendesk.field_wrong_type', params }) };
  }
  if (existing.active === false) {
    return { about, state: 'blocked', ...say({ code: 'zendesk.field_inactive', params: { name } }) };
  }
  const options = missingOptions(field, existing).map(({ value }) => value);
  if (options.length === 0) return plainFinding(about, 'fine');
  return { about, state: 'missing', code: 'field.options_missing', params: { name, options } };
}

function missingOptions(field: RecordField, { custom_field_options: standing }: UserField) {
  return optionsOf(field).filter(({ value }) => !standing.includes(value));
}

function optionsOf(field: RecordField): readonly { name: string; value: string }[] {
  if (field.type !== 'choice') return [];
  return field.options.map(({ value, label }) => ({ name: label, value: optionValue(field.key, value) }));
}

/** A refusal as a finding; whatever else has been thrown goes on. */
export function blockedBy(about: FindingAbout, failure: unknown): Finding {
  if (!(failure instanceof UpstreamRefused)) throw failure;
  return refusedFinding(about, failure.why);
}
