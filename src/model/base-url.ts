import { z } from 'zod';
import { fieldIssue } from './field-problems.ts';

/**
 * Where a vendor's API answers: an address that every call's own path is put behind, so without a query or a fragment,
 * and without credentials, which a call carries in its headers. Without a slash at the end.
 */
export const baseUrl = z
  .string()
  .trim()
  .max(2000)
  // Before it is read as a URL, which drops tabs and line breaks.
  .regex(/^[^\s\p{Cc}\p{Cf}]*$/u, fieldIssue('field.url_spaces'))
  .pipe(z.url({ protocol: /^https?$/u }))
  .superRefine((text, context) => {
    const url = URL.parse(text);
    if (url === null) return;
    if (url.username !== '' || url.password !== '')
      context.addIssue({ code: 'custom', ...fieldIssue('field.url_credentials') });
    if (/[?#]/u.test(text)) context.addIssue({ code: 'custom', ...fieldIssue('field.url_query') });
  })
  .transform((url) => url.replace(/\/+$/u, ''));
