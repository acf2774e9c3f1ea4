import { z } from 'zod';

/** What HubSpot's answers are made of: any field may be missing, and ids come as numbers or as strings. */
export const id = z.union([z.string(), z.number()]).transform(String);
export const word = z.string().optional().catch(undefined);

export function present(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '';
}

export function fullName(first: string | null | undefined, last: string | null | undefined): string | undefined {
  return [first, last].filter(present).join(' ').trim() || undefined;
}
