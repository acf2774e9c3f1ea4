import { z } from 'zod';

/** One environment key as its schema describes it. */
export type Setting = {
  key: string;
  /** One line for `.env.example`. */
  description: string;
  example?: string;
  secret: boolean;
};

type Notes = { description?: string | undefined; example?: unknown; secret?: unknown };

/** The settings that an object schema reads, in its own order, whatever it refines or transforms them into. */
export function settingsOf(schema: z.core.$ZodType): readonly Setting[] {
  if (schema instanceof z.ZodPipe) return settingsOf(schema.in);
  if (!(schema instanceof z.ZodObject)) throw new TypeError('settings are described by an object schema');
  return Object.entries(schema.shape).map(([key, field]) => {
    const { description = '', example, secret } = notesOn(field);
    return { key, description, ...(typeof example === 'string' ? { example } : {}), secret: secret === true };
  });
}

/** What was noted on a field, even if it was made optional or given a default afterwards. */
function notesOn(field: z.core.$ZodType): Notes {
  const notes: Notes | undefined = z.globalRegistry.get(field);
  if (notes?.description !== undefined) return notes;
  if (field instanceof z.ZodPipe) return notesOn(field.in);
  const wrapped = field instanceof z.ZodOptional || field instanceof z.ZodDefault || field instanceof z.ZodPrefault;
  return wrapped ? notesOn(field.unwrap()) : {};
}
