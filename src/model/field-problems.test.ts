import { expect, it } from 'vitest';
import { z } from 'zod';
import { fieldIssue, readFields } from './field-problems.ts';

const tag = z.string().regex(/^[a-z]{2}$/u, fieldIssue('field.language_tag'));
const even = z.number().refine((value) => value % 2 === 0, fieldIssue('field.out_of_range', { min: 2, max: 4 }));
const noted = z.string().superRefine((value, context) => {
  context.addIssue({ code: 'custom', ...fieldIssue('field.used_twice', { value }) });
});
const either = z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.string() })]);

it.each<[string, z.ZodType, unknown, string, object]>([
  ['nothing', z.string(), undefined, 'field.required', {}],
  ['nothing in the place of a choice', z.enum(['a', 'b']), undefined, 'field.required', {}],
  ['nothing in the place of one of two', either, undefined, 'field.required', {}],
  ['a number for text', z.string(), 1, 'field.wrong_type', { kind: 'text' }],
  ['text for a number', z.number(), 'a', 'field.wrong_type', { kind: 'number' }],
  ['what is no number in a query', z.coerce.number(), 'a', 'field.wrong_type', { kind: 'number' }],
  ['a fraction', z.int(), 1.5, 'field.wrong_type', { kind: 'whole_number' }],
  ['text for yes or no', z.boolean(), 'yes', 'field.wrong_type', { kind: 'boolean' }],
  ['an object for a list', z.array(z.string()), {}, 'field.wrong_type', { kind: 'list' }],
  ['a list for an object', z.strictObject({}), [], 'field.wrong_type', { kind: 'object' }],
  ['a number for a map', z.record(z.string(), z.string()), 1, 'field.wrong_type', { kind: 'object' }],
  ['a text for a date', z.date(), 'a', 'field.wrong_type', { kind: 'unknown' }],
  ['null', z.string(), null, 'field.wrong_type', { kind: 'text' }],
  ['a word that is none of those', z.enum(['a', 'b']), 'c', 'field.not_one_of', { values: ['a', 'b'] }],
  ['another word', z.literal('a'), 'c', 'field.not_one_of', { values: ['a'] }],
  ['empty text', z.string().min(1), '', 'field.empty', {}],
  ['short text', z.string().min(3), 'a', 'field.too_short', { min: 3 }],
  ['long text', z.string().max(3), 'abcd', 'field.too_long', { max: 3 }],
  ['an empty list', z.array(z.string()).min(1), [], 'field.empty_list', {}],
  ['a short list', z.array(z.string()).min(2), ['a'], 'field.list_too_short', { min: 2 }],
  ['a long list', z.array(z.string()).max(1), ['a', 'b'], 'field.list_too_long', { max: 1 }],
  ['a small number', z.number().min(1), 0, 'field.too_small', { min: 1 }],
  ['a big number', z.int().max(10), 11, 'field.too_big', { max: 10 }],
  ['what is no address', z.email(), 'ann', 'field.email', {}],
  ['what is no URL', z.url(), 'x', 'field.http_url', {}],
  ['what is no id', z.uuid(), 'x', 'field.id', {}],
  ['what is no timestamp', z.iso.datetime(), 'x', 'field.timestamp', {}],
  ['what is no day', z.iso.date(), 'x', 'field.day', {}],
  ['another form', z.string().regex(/^a$/u), 'b', 'field.invalid', {}],
  ['none of two', either, { c: '1' }, 'field.invalid', {}],
  ['a form with a code of our own', tag, 'english', 'field.language_tag', {}],
  ['a check with parameters of our own', even, 3, 'field.out_of_range', { min: 2, max: 4 }],
  ['an issue of our own', noted, 'a', 'field.used_twice', { value: 'a' }],
])('%s is a code', (_what, schema, input, code, params) => {
  const read = readFields(z.object({ field: schema }), { field: input });
  expect(read.problems).toEqual([{ field: 'field', message: { code, params } }]);
});

it('names each key that is not known, where it stands', () => {
  const schema = z.strictObject({ inner: z.strictObject({}) });
  expect(readFields(schema, { inner: { a: 1, b: 2 } }).problems).toEqual([
    { field: 'inner.a', message: { code: 'field.unknown', params: {} } },
    { field: 'inner.b', message: { code: 'field.unknown', params: {} } },
  ]);
});

it('says of the key of a map what is wrong with it', () => {
  expect(readFields(z.record(tag, z.string()), { english: 'x' }).problems).toEqual([
    { field: 'english', message: { code: 'field.language_tag', params: {} } },
  ]);
});

it('gives what it read', () => {
  expect(readFields(z.object({ a: z.string().trim() }), { a: ' x ' })).toEqual({ data: { a: 'x' } });
});
