import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeSettings } from './setting.ts';

const notes = { description: 'The token.', example: 'abc', secret: true };

describe('what a schema tells of its keys', () => {
  it.each([
    ['noted last', z.string().optional().meta(notes)],
    ['noted before it became optional', z.string().meta(notes).optional()],
    [
      'noted before it was transformed',
      z
        .string()
        .meta(notes)
        .transform((text) => text.length),
    ],
  ])('%s', (_case, field) => {
    expect(describeSettings(z.object({ TOKEN: field }))).toEqual([{ key: 'TOKEN', ...notes }]);
  });

  it.each([
    ['a default', z.string().meta(notes).default('xyz')],
    [
      'a prefault of what is transformed',
      z
        .string()
        .meta(notes)
        .transform((text) => text.length)
        .prefault('xyz'),
    ],
    ['a prefault with the notes behind it', z.string().prefault('xyz').meta(notes)],
  ])('includes the usual value of %s', (_case, field) => {
    expect(describeSettings(z.object({ TOKEN: field }))).toEqual([{ key: 'TOKEN', ...notes, usual: 'xyz' }]);
  });

  it('stays the same when the whole is refined and transformed', () => {
    const schema = z
      .object({ TOKEN: z.string().meta(notes) })
      .superRefine(() => {})
      .transform(({ TOKEN }) => TOKEN);
    expect(describeSettings(schema)).toEqual([{ key: 'TOKEN', ...notes }]);
  });

  it('may be no more than the key', () => {
    expect(describeSettings(z.object({ TOKEN: z.string() }))).toEqual([
      { key: 'TOKEN', description: '', secret: false },
    ]);
  });
});
