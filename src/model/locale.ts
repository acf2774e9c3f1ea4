import { z } from 'zod';
import { optionValues, recordFields } from './crm-field-definitions.ts';
import { fieldIssue } from './field-problems.ts';

/** A text in which exactly these placeholders stand, e.g. `{company}`: a mistyped one must not reach a customer. */
function text(...placeholders: readonly string[]) {
  return z
    .string()
    .trim()
    .min(1)
    .superRefine((value, context) => {
      const found = new Set(placeholdersOf(value));
      for (const placeholder of placeholders.filter((name) => !found.delete(name))) {
        context.addIssue({ code: 'custom', ...fieldIssue('field.missing_placeholder', { placeholder }) });
      }
      for (const placeholder of found) {
        const unknown = fieldIssue('field.unknown_placeholder', { placeholder, placeholders });
        context.addIssue({ code: 'custom', ...unknown });
      }
    });
}

function forEachMetric<Schema extends z.ZodType>(schema: Schema) {
  return z.strictObject({ nps: schema, csat: schema, ces: schema });
}

/** After a high, a middling and a low number. */
const byPosition = z.strictObject({ top: text(), middle: text(), bottom: text() });

/** What our fields on the records of other systems are called. */
const fields = z.strictObject({
  group: text(),
  labels: z.strictObject(Object.fromEntries(recordFields.map(({ key }) => [key, text()]))),
  options: z.strictObject(Object.fromEntries(optionValues.map((value) => [value, text()]))),
});

/** What agents read beside a record, in the panel and in the cards that the vendors show. */
const panel = z.strictObject({
  title: text(),
  rating: text('rating', 'highest'),
  previous: text('rating'),
  trend: z.strictObject({ up: text(), same: text(), down: text(), first: text() }),
  count: text('count'),
  history: text(),
  ticket: text('ticket'),
  /** Beside an answer that was taken off the record. */
  retracted: text(),
  noAnswer: text(),
  unknownContact: text(),
  noFields: text(),
  loading: text(),
  slow: text(),
  refused: text(),
  failed: text(),
  retry: text(),
  /** Whether they may be asked, from when, or why not. */
  next: z.strictObject({
    now: text(),
    from: text('date'),
    underWay: text(),
    doNotSurvey: text(),
    unsubscribed: text(),
    undeliverable: text(),
    noAddress: text(),
    ownTeam: text(),
    noSurvey: text(),
    paused: text(),
    other: text(),
  }),
  ask: text(),
  asked: text(),
  doNotSurvey: text(),
  allow: text(),
  /** For whoever installs it. */
  about: text(),
  secret: text(),
  secretHelp: text(),
});

const event = z.strictObject({ title: text(), text: text() });

const localeTexts = z.strictObject({
  language: z.strictObject({
    /** BCP 47, as it stands in `lang`. */
    tag: text(),
    /** As its own speakers call it. */
    name: text(),
    direction: z.enum(['ltr', 'rtl']),
  }),
  /** In the place of a company's name where a survey has none; it must fit wherever `{company}` stands. */
  us: text(),
  question: z.strictObject({ nps: text('company', 'audience'), csat: text('company'), ces: text('company') }),
  /** Whom NPS asks about: it stands in its question. */
  audience: text(),
  /** What the ends of the scale mean. */
  anchors: forEachMetric(z.strictObject({ lowest: text(), highest: text() })),
  /** Why they chose their number; `any` before one is chosen. */
  comment: z.strictObject({ any: text(), nps: byPosition, csat: byPosition, ces: byPosition }),
  email: z.strictObject({
    subject: text('company'),
    reminderSubject: text('company'),
    greeting: text('name'),
    namelessGreeting: text(),
    introduction: text(),
    instruction: text(),
    closing: text(),
    why: text('company'),
    unsubscribe: text(),
    /** A reminder to somebody who tapped a number and did nothing more. */
    confirm: text('rating'),
    confirmButton: text('rating'),
    confirmInstruction: text(),
    seenBy: text('company'),
    privacy: text(),
  }),
  page: z.strictObject({
    title: text('company'),
    /** Shown beside a number that came with the link: opening it has sent nothing. */
    notSentYet: text(),
    send: text(),
    sendRating: text('rating'),
    otherNumber: text(),
    optional: text(),
    chooseNumber: text('lowest', 'highest'),
    commentTooLong: text('length', 'limit'),
    rating: text('rating'),
    yourComment: text(),
    change: text(),
    mayContact: text(),
    afterHigh: text(),
    afterHighButton: text(),
    goOn: text(),
    test: text(),
    thanks: z.strictObject({ title: text(), text: text('company') }),
    answered: event,
    expired: event,
    withdrawn: event,
    reopened: event,
    tooLate: event,
    unknown: event,
    unsubscribe: z.strictObject({
      title: text(),
      text: text('company'),
      thisSurvey: text(),
      everything: text(),
      button: text(),
    }),
    unsubscribed: z.strictObject({ title: text(), text: text('company'), all: text('company') }),
  }),
  /** Emails to those who work here. */
  account: z.strictObject({
    join: z.strictObject({ subject: text('company'), text: text('company'), button: text() }),
    reset: z.strictObject({ subject: text(), text: text(), button: text() }),
    unexpected: text(),
    /** What happened to an account, as a sentence without a full stop: it is also the subject. */
    events: z.strictObject({
      password_changed: text(),
      password_reset: text(),
      factor_on: text(),
      factor_off: text(),
      factor_removed: text(),
      backup_code_used: text(),
      new_device: text(),
      role_changed: text(),
      key_made: text(),
    }),
    openAccount: text(),
    notMe: text(),
  }),
  panel,
  fields,
});

/** Everything that is said in one language. `{company}` may be a name or "us": it never begins a sentence. */
export type Texts = z.infer<typeof localeTexts>;

/** A language as it marks itself. */
export type Language = Texts['language'];

/** What our fields are called in one language, by their keys and the values of their options. */
export type FieldLabels = Texts['fields'];

/** What agents read in a card that stands in a vendor's own pages: with the names of categories and flags. */
export function wordsOfPanel({ panel, fields: { labels, options } }: Texts) {
  const flags = { at_risk: labels.feedback_at_risk ?? '', advocate: labels.feedback_advocate ?? '' };
  return { ...panel, options, flags };
}

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
