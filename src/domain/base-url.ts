import { z } from 'zod';

/**
 * Where a vendor's API answers: an address that every call's own path is put behind, so without a query or a fragment,
 * and without credentials, which a call carries in its headers. Without a slash at the end.
 */
export const baseUrl = z
  .string()
  .trim()
  .max(2000, 'give at most 2000 characters')
  // Before it is read as a URL, which drops tabs and line breaks.
  .regex(/^[^\s\p{Cc}\p{Cf}]*$/u, 'give it without spaces or control characters')
  .pipe(z.url({ protocol: /^https?$/u, error: 'give an address that begins with https:// or http://' }))
  .superRefine((text, context) => {
    const url = URL.parse(text);
    if (url === null) return;
    if (url.username !== '' || url.password !== '')
      context.addIssue({ code: 'custom', message: 'give it without a name or a password' });
    if (/[?#]/u.test(text)) context.addIssue({ code: 'custom', message: 'give it without a query or a fragment' });
  })
  .transform((url) => url.replace(/\/+$/u, ''));
