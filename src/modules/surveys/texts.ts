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
  audience: words(80).describe('Whom they would recommend it to, e.g. "friend or colleague".'),
  subject: words(150).describe('The subject of the email.'),
  reminderSubject: words(150).describe('The subject of a reminder.'),
  introduction: words(1000).describe('The first sentences of the email.'),
  closing: words(1000).describe('The last sentences of the email.'),
  comment: words(300).describe('The question about the reason, before a number is chosen.'),
  commentTop: words(300).describe('The same after a high number.'),
  commentMiddle: words(300).describe('The same after a number in the middle.'),
  commentBottom: words(300).describe('The same after a low number.'),
  mayContact: words(300).describe('What one agrees to after a low number.'),
  afterHigh: words(300).describe('What the button to a review site, or wherever it leads, says.'),
  thanks: words(1000).describe('What is said after the answer.'),
});
export type OwnWords = z.infer<typeof ownWords>;

/** What the question names where nobody is named. */
export const usualCompany = 'us';

/** What a survey says, and in which languages. */
export const texts = z.strictObject({
  company: z
    .string()
    .trim()
    .min(1)
    .max(120)
    .default(usualCompany)
    .describe('The company or product that the question names.'),
  languages: z
    .array(languageTag)
    .min(1)
    .default(['en'])
    .describe('In which languages it asks; the first is what is asked in when none of them is the contact’s.'),
  own: z
    .record(languageTag, ownWords)
    .default({})
    .describe('Words of one’s own, by language, in the place of the standard wording.'),
});
