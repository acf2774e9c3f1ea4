import { z } from 'zod';
import { normalizeEmail } from './contact.ts';
import { fieldIssue } from './field-problems.ts';

/** An address as an admin or a program writes it; it is normalized where it is saved. */
export const emailAddress = z
  .string()
  .trim()
  .refine((text) => normalizeEmail(text) !== undefined, fieldIssue('field.email'));
