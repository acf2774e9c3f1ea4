import { z } from 'zod';
import { doNotSurveyKey, type RecordField, recordFields } from './crm-field-definitions.ts';
import { fieldIssue } from './field-problems.ts';
import type { FieldLabels } from './locale.ts';
import type { Finding } from './messages/finding.ts';

/** What our fields are called in one account, by our key; null is a field that the account does without. */
export type FieldNames = Readonly<Record<string, string | null>>;

/** The same as somebody writes it: no two of our fields may have one name. */
export const fieldNames = z
  .partialRecord(
    z.enum(recordFields.map(({ key }) => key)),
    z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,99}$/u, fieldIssue('field.internal_name'))
      .nullable(),
  )
  .superRefine((names, context) => {
    const byName = Map.groupBy(accountFields(names as FieldNames), ({ name }) => name);
    for (const [name, fields] of byName) {
      if (fields.length === 1) continue;
      const taken = fieldIssue('field.field_name_taken', { name, fields: fields.map(({ key }) => key) });
      context.addIssue({ code: 'custom', path: [fields[0]?.key ?? ''], ...taken });
    }
  });

/** Names as a command line has them: `key=name`. @throws ZodError */
export function readFieldNames(given: readonly string[]): Readonly<Record<string, string>> {
  const pairs = given.map((one) => [one.slice(0, Math.max(0, one.indexOf('='))), one.slice(one.indexOf('=') + 1)]);
  return fieldNames.parse(Object.fromEntries(pairs)) as Record<string, string>;
}

/** A field of ours as one account has it: under a name that its admins may have chosen. */
export type AccountField = RecordField & { name: string };

/** @param fields all that stand on a record, unless said */
export function accountFields(
  names: FieldNames,
  fields: readonly RecordField[] = recordFields,
): readonly AccountField[] {
  return fields.flatMap((field) => {
    const name = Object.hasOwn(names, field.key) ? names[field.key] : field.key;
    return typeof name === 'string' ? [{ ...field, name }] : [];
  });
}

/** The field as people of another language call it. A field that the labels do not know keeps its own. */
export function labelled<Field extends RecordField>(field: Field, labels: FieldLabels | undefined): Field {
  if (!labels) return field;
  const label = labels.labels[field.key] ?? field.label;
  if (field.type !== 'choice') return { ...field, label };
  const options = field.options.map((option) => ({ ...option, label: labels.options[option.value] ?? option.label }));
  return { ...field, label, options };
}

/** Which of our fields an account gets: all of them, or those that the main job needs. */
export type FieldProfile = z.infer<typeof fieldProfile>;
export const fieldProfile = z.enum(['full', 'core']);

/** What the main job needs, the most important first: small plans have room for few fields. */
const coreKeys: readonly string[] = [
  'nps_latest_rating',
  'nps_latest_category',
  'nps_latest_comment',
  'nps_latest_date',
  'feedback_last_change',
  'feedback_last_asked_date',
  doNotSurveyKey,
];

export function isCoreField({ key }: { key: string }): boolean {
  return coreKeys.includes(key);
}

/** The order in which fields are created: the core ones first, then the rest as an admin should see them. */
export function byImportance<Field extends { key: string }>(fields: readonly Field[]): readonly Field[] {
  const core = coreKeys.flatMap((key) => fields.filter((field) => field.key === key));
  return [...core, ...fields.filter((field) => !isCoreField(field))];
}

/**
 * Which fields an account should have, the most important first, and which it goes without by its profile. A field that
 * is there is used whatever the profile: else old values would stay on the records.
 *
 * @param isThere whether the account has this field already
 */
export function fieldsInProfile<Field extends { key: string }>(
  fields: readonly Field[],
  profile: FieldProfile | undefined,
  isThere: (field: Field) => boolean,
): { included: readonly Field[]; leftOut: readonly Field[] } {
  const isLeftOut = (field: Field) => profile === 'core' && !isCoreField(field) && !isThere(field);
  return {
    included: byImportance(fields).filter((field) => !isLeftOut(field)),
    leftOut: fields.filter(isLeftOut),
  };
}

/** What is found of fields that the profile leaves out: they are named once, and nothing is written into them. */
export function leftOutFindings(leftOut: readonly { key: string }[]): readonly Finding[] {
  if (leftOut.length === 0) return [];
  const said = { code: 'fields.left_out', params: { count: leftOut.length } } as const;
  return [{ about: { kind: 'fields' }, state: 'fine', ...said, fields: leftOut.map(({ key }) => key) }];
}

/** Our values under the account's names; those of fields that it does without are left out. */
export function namedValues<Value>(
  values: Readonly<Record<string, Value>>,
  fields: readonly AccountField[],
): readonly (readonly [AccountField, Value])[] {
  return fields.flatMap((field) => (Object.hasOwn(values, field.key) ? [[field, values[field.key] as Value]] : []));
}
