import { z } from 'zod';

// The ways in which Zendesk writes a value. It leaves fields out by plan and by role: absent and null are the same.

export const id = z.union([z.string().min(1), z.number()]).transform(String);
export const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? undefined);
export const moment = z
  .string()
  .nullish()
  .transform((value) => {
    const date = new Date(value ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? undefined : date;
  });

/** An optional property: present when its value is. */
export function given<K extends string, V>(key: K, value: V | null | undefined): Partial<Record<K, V>> {
  return value === undefined || value === null ? {} : ({ [key]: value } as Record<K, V>);
}
