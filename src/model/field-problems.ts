import type { z } from 'zod';
import type { FieldMessage, FieldProblem } from './messages/field-message.ts';

type ParamsOf<Code extends FieldMessage['code']> = Extract<FieldMessage, { code: Code }>['params'];
type Given<Params> = Params extends Record<string, never> ? [] : [params: Params];

/** What a schema says by itself: a code in the place of a sentence. */
export type FieldIssue = { message: string; params: object };

/**
 * What a check of our own says of a value, for `refine` and `addIssue`; of a code without parameters also for checks of
 * zod such as `regex`.
 */
export function fieldIssue<Code extends FieldMessage['code']>(
  code: Code,
  ...[params]: Given<ParamsOf<Code>>
): FieldIssue {
  return { message: code, params: params ?? {} };
}

/** The same of a message that is there already. */
export function asIssue({ code, params }: FieldMessage): FieldIssue {
  return { message: code, params };
}

/**
 * Reads input by a schema.
 *
 * @param pathOf how a field's path is written; its parts with dots between unless said
 * @returns what it says, or everything that is wrong with it as codes
 */
export function readFields<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  pathOf: (path: readonly PropertyKey[]) => string = (path) => path.map(String).join('.'),
): { data: z.output<Schema>; problems?: never } | { data?: never; problems: readonly FieldProblem[] } {
  const read = schema.safeParse(input, { reportInput: true });
  if (read.success) return { data: read.data };
  return {
    problems: read.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ field: pathOf([...issue.path, key]), message: unknownField }))
        : [{ field: pathOf(issue.path), message: messageOf(issue) }],
    ),
  };
}

const unknownField = { code: 'field.unknown', params: {} } as const;
const invalid = { code: 'field.invalid', params: {} } as const;

/** The one place where an issue of zod becomes a code. Its own sentences are never read. */
function messageOf(issue: z.core.$ZodIssue): FieldMessage {
  if (issue.code !== 'custom' && issue.input === undefined) return { code: 'field.required', params: {} };
  const { message: own } = issue;
  if (/^field\./u.test(own)) {
    const params = issue.code === 'custom' ? (issue.params ?? {}) : {};
    return { code: own, params } as FieldMessage;
  }
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'field.wrong_type', params: { kind: kinds[issue.expected] ?? 'unknown' } };
    case 'invalid_value':
      return { code: 'field.not_one_of', params: { values: issue.values.map(String) } };
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum));
    case 'invalid_format':
      return formats[issue.format] ?? invalid;
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues[0] ? messageOf(issue.issues[0]) : invalid;
    case 'unrecognized_keys':
      return unknownField;
    case 'not_multiple_of':
    case 'invalid_union':
    case 'custom':
      return invalid;
  }
}

type Kind = ParamsOf<'field.wrong_type'>['kind'];

const kinds: Partial<Readonly<Record<z.core.$ZodIssueInvalidType['expected'], Kind>>> = {
  string: 'text',
  number: 'number',
  int: 'whole_number',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
  record: 'object',
};

const formats: Readonly<Record<string, FieldMessage>> = {
  email: { code: 'field.email', params: {} },
  url: { code: 'field.http_url', params: {} },
  uuid: { code: 'field.id', params: {} },
  datetime: { code: 'field.timestamp', params: {} },
  date: { code: 'field.day', params: {} },
};

const isText = (origin: string) => origin === 'string';
const isNumber = (origin: string) => ['number', 'int', 'bigint'].includes(origin);

function tooSmall(origin: string, min: number): FieldMessage {
  if (isNumber(origin)) return { code: 'field.too_small', params: { min } };
  if (min === 1) return { code: isText(origin) ? 'field.empty' : 'field.empty_list', params: {} };
  return { code: isText(origin) ? 'field.too_short' : 'field.list_too_short', params: { min } };
}

function tooBig(origin: string, max: number): FieldMessage {
  if (isNumber(origin)) return { code: 'field.too_big', params: { max } };
  return { code: isText(origin) ? 'field.too_long' : 'field.list_too_long', params: { max } };
}
