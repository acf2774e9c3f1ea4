import { z } from 'zod';

/** A text in which exactly these placeholders stand, e.g. `{company}`: a mistyped one must not reach a customer. */
function text(...placeholders: readonly string[]) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .superRefine((value, context) => {
      const found = new Set(placeholdersOf(value));
      for (const placeholder of placeholders.filter((name) => !found.delete(name))) {
        context.addIssue({ code: 'custom', message: `must contain {${placeholder}}` });
      }
      for (const unknown of found) context.addIssue({ code: 'custom', message: `knows no {${unknown}}` });
    });
}

function forEachMetric<Schema extends z.ZodType>(schema: Schema) {
  return z.strictObject({ nps: schema, csat: schema, ces: schema });
}

const notice = z.strictObject({ title: text(), text: text() });

const localeTexts = z.strictObject({
  language: z.strictObject({
    /** BCP 47, as it stands in `lang`. */
    tag: text(),
    /** As its own speakers call it. */
    name: text(),
    direction: z.enum(['ltr', 'rtl']),
  }),
  question: forEachMetric(text('company')),
  /** What the ends of the scale mean. */
  anchors: forEachMetric(z.strictObject({ lowest: text(), highest: text() })),
  mail: z.strictObject({
    subject: text('company'),
    reminderSubject: text('company'),
    greeting: text('name'),
    namelessGreeting: text(),
    introduction: text(),
    instruction: text(),
    closing: text(),
    why: text('company'),
    unsubscribe: text(),
  }),
  page: z.strictObject({
    title: text('company'),
    /** Shown beside a number that came with the link: opening it has sent nothing. */
    notSentYet: text(),
    send: text(),
    sendRating: text('rating'),
    otherNumber: text(),
    comment: text(),
    optional: text(),
    chooseNumber: text('lowest', 'highest'),
    commentTooLong: text('length', 'limit'),
    rating: text('rating'),
    yourComment: text(),
    change: text(),
    thanks: z.strictObject({ title: text(), text: text('company') }),
    answered: notice,
    expired: notice,
    withdrawn: notice,
    unknown: notice,
    unsubscribe: z.strictObject({ title: text(), text: text('company'), button: text() }),
    unsubscribed: z.strictObject({ title: text(), text: text('company') }),
  }),
});

/** Everything that a survey says in one language. `{company}` may be a name or "us": it never begins a sentence. */
export type Texts = z.infer<typeof localeTexts>;

/**
 * @param json a locale file's parsed content
 * @throws ZodError with every text that is missing, unknown or has the wrong placeholders
 */
export function readTexts(json: unknown): Texts {
  return localeTexts.parse(json);
}

/** Puts values in place of placeholders, once: what a value contains is left alone, as is a placeholder without one. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/gu, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : placeholder,
  );
}

function placeholdersOf(value: string): readonly string[] {
  return [...value.matchAll(/\{([^{}]*)\}/gu)].map(([, name]) => name ?? '');
}
