import { z } from 'zod';
import { fieldIssue } from '../../model/field-problems.ts';

export const languageTag = z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u, fieldIssue('field.language_tag'));

/** The placeholders that a survey's own words may hold. */
const known = ['company', 'audience', 'name'];

/** Words of one's own, in the place of the standard wording. A mistyped placeholder must not reach a customer. */
function words(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .superRefine((value, context) => {
      for (const [, placeholder = ''] of value.matchAll(/\{([^{}]*)\}/gu)) {
        if (known.includes(placeholder)) continue;
        const unknown = fieldIssue('field.unknown_placeholder', { placeholder, placeholders: known });
        context.addIssue({ code: 'custom', ...unknown });
      }
    })
    .optional();
}

/** Whatever a survey says in its own words in one language; the rest is the standard wording. */
export const ownWords = z.strictObject({
  question: words(300).describe('The question itself.'),
  audience: words(80).describe('Whom the customer would recommend it to, e.g. "friend or colleague".'),
  subject: words(150).describe('The subject of the email.'),
  reminderSubject: words(150).describe('The subject of a reminder.'),
  introduction: words(1000).describe('The first sentences of the email.'),
  closing: words(1000).describe('The last sentences of the email.'),
  comment: words(300).describe('Question about the reason, before a rating is chosen.'),
  commentTop: words(300).describe('Question about the reason, after a high rating.'),
  commentMiddle: words(300).describe('Question about the reason, after a middle rating.'),
  commentBottom: words(300).describe('Question about the reason, after a low rating.'),
  mayContact: words(300).describe('Label of the consent checkbox after a low rating.'),
  afterHigh: words(300).describe('Label of the button after a high rating.'),
  thanks: words(1000).describe('Text after the answer.'),
});
export type OwnWords = z.infer<typeof ownWords>;

/** What the question names where nobody is named. */
export const usualCompany = 'us';

/** What a survey says, and in which languages. */
export const texts = z.strictObject({
  company: z.string().trim().min(1).max(120).default(usualCompany).describe('Company or product in the question.'),
  languages: z
    .array(languageTag)
    .min(1)
    .default(['en'])
    .describe('Languages of the survey. The first one is used if none matches the contact’s language.'),
  own: z
    .record(languageTag, ownWords)
    .default({})
    .describe('Custom texts by language, instead of the standard wording.'),
});
