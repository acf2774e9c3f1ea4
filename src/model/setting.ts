import { z } from 'zod';

/** One environment key as its schema describes it. */
export type Setting = {
  key: string;
  /** What it does, for `.env.example` and docs/configuration.md. */
  description: string;
  example?: string;
  /** What holds when it is not set, as it would be written in the environment. */
  usual?: string;
  secret: boolean;
};

type Notes = { description?: string | undefined; example?: unknown; secret?: unknown };

/** The settings that an object schema reads, in its own order, whatever it refines or transforms them into. */
export function describeSettings(schema: z.core.$ZodType): readonly Setting[] {
  if (schema instanceof z.ZodPipe) return describeSettings(schema.in);
  if (!(schema instanceof z.ZodObject)) throw new TypeError('settings are described by an object schema');
  return Object.entries(schema.shape).map(([key, field]) => {
    const { description = '', example, secret } = notesOn(field);
    const usual = usualValueOf(field);
    return {
      key,
      description,
      ...(typeof example === 'string' ? { example } : {}),
      ...(usual === undefined ? {} : { usual }),
      secret: secret === true,
    };
  });
}

/** The text that a default or prefault puts in the place of a value that is not there. */
function usualValueOf(field: z.core.$ZodType): string | undefined {
  if (field instanceof z.ZodPipe) return usualValueOf(field.in);
  if (field instanceof z.ZodOptional) return usualValueOf(field.unwrap());
  if (!(field instanceof z.ZodDefault || field instanceof z.ZodPrefault)) return undefined;
  const { defaultValue } = field.def;
  return typeof defaultValue === 'string' ? defaultValue : undefined;
}

/** What was noted on a field, even if it was made optional or given a default afterwards. */
function notesOn(field: z.core.$ZodType): Notes {
  const notes: Notes | undefined = z.globalRegistry.get(field);
  if (notes?.description !== undefined) return notes;
  if (field instanceof z.ZodPipe) return notesOn(field.in);
  const wrapped = field instanceof z.ZodOptional || field instanceof z.ZodDefault || field instanceof z.ZodPrefault;
  return wrapped ? notesOn(field.unwrap()) : {};
}
