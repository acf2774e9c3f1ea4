/** A mistake that a test has to notice. */
export type Mutant = {
  /** What is wrong then, as a sentence goes on. */
  name: string;
  file: string;
  /** Stands in the file exactly once. */
  before: string;
  after: string;
  /** Each of these alone need not notice it; together they must. */
  tests: readonly string[];
};

const rules = ['src/domain/decision/rules.test.ts'];

/** One or two for each promise that would hurt most to break, with tests that run without a browser or a process. */
export const mutants: readonly Mutant[] = [
  {
    name: 'whoever has not opted out is not asked, and the others are',
    file: 'src/domain/decision/rules/opted-out.ts',
    before: 'record.optedOut)',
    after: '!record.optedOut)',
    tests: rules,
  },
  {
    name: 'a ticket that was first seen after exactly 7 days is too late',
    file: 'src/domain/decision/rules/too-late.ts',
    before: 'resolvedAt.getTime() > latest',
    after: 'resolvedAt.getTime() >= latest',
    tests: rules,
  },
  {
    name: 'the quiet period does not end in the moment in which it ends',
    file: 'src/domain/decision/rules/quiet-period.ts',
    before: 'return ends > now ?',
    after: 'return ends >= now ?',
    tests: rules,
  },
  {
    name: 'the daily cap lets one more email out',
    file: 'src/flows/asking/daily-cap.ts',
    before: 'count.sent < dailyCap',
    after: 'count.sent <= dailyCap',
    tests: ['src/flows/asking/deliver.test.ts'],
  },
  {
    name: 'an NPS rating of 8 is a promoter',
    file: 'src/domain/survey/scale.ts',
    before: "=== 'nps' ? 9 :",
    after: "=== 'nps' ? 8 :",
    tests: ['src/domain/survey/scale.test.ts'],
  },
  {
    name: 'three of seven points are the top of CSAT and CES',
    file: 'src/domain/survey/scale.ts',
    before: 'Math.floor(count * 0.4)',
    after: 'Math.round(count * 0.4)',
    tests: ['src/domain/survey/scale.test.ts'],
  },
  {
    name: 'the trend compares with the first answer instead of the one before',
    file: 'src/domain/crm-fields.ts',
    before: 'const previous = answers.at(-2);',
    after: 'const previous = answers.at(0);',
    tests: ['src/domain/crm-fields.test.ts'],
  },
  {
    name: 'the usual level takes a mere tap for an answer',
    file: 'src/domain/evidence/judge.ts',
    before: "balanced: ['act'],",
    after: "balanced: ['act', 'open'],",
    tests: ['src/domain/evidence/judge.test.ts'],
  },
  {
    name: 'three numbers opened within 10 seconds are no sign of a machine',
    file: 'src/domain/evidence/signs/several-numbers.ts',
    before: '{ numbers: 3, within: 10 }',
    after: '{ numbers: 4, within: 10 }',
    tests: ['src/domain/evidence/judge.test.ts'],
  },
  {
    name: 'a record counts as up to date though the score moved on during the write',
    file: 'src/store/record-links.ts',
    before: 's.revision > least(w.revision, c.writing_revision)',
    after: 's.revision < least(w.revision, c.writing_revision)',
    tests: ['src/store/record-links.test.ts'],
  },
  {
    name: 'a write that was made void, because a field came back, counts',
    file: 'src/store/record-links.ts',
    before: 'least(w.revision, c.writing_revision)',
    after: 'w.revision',
    tests: [
      'src/store/record-links.test.ts',
      'src/store/written-meanwhile.test.ts',
      'src/flows/writing/missing-fields.test.ts',
    ],
  },
  {
    name: 'reminders go on after a contact unsubscribed',
    file: 'src/flows/answering/unsubscribe.ts',
    before: 'await endReminders(tx, contact.id, surveyId);',
    after: "await endReminders(tx, '', surveyId);",
    tests: ['src/flows/asking/deliver.test.ts', 'src/flows/asking/audience.test.ts', 'src/http/survey/routes.test.ts'],
  },
  {
    name: 'unsubscribing from one survey withdraws the invitations of all',
    file: 'src/flows/answering/unsubscribe.ts',
    before: '(other) => surveyId === undefined || other.surveyId === surveyId,',
    after: '(other) => surveyId === undefined || other.surveyId !== surveyId,',
    tests: ['src/flows/asking/deliver.test.ts', 'src/flows/asking/audience.test.ts', 'src/http/survey/routes.test.ts'],
  },
  {
    name: 'a write under way for a contact who was erased passes for the clearing of their record',
    file: 'src/store/erasure.ts',
    before: 'const revision = 1 + Math.max(',
    after: 'const revision = Math.max(',
    tests: ['src/flows/privacy/erase.test.ts', 'src/flows/privacy/erasure.test.ts'],
  },
  {
    name: 'a contact who had unsubscribed is forgotten as erased',
    file: 'src/store/suppressions.ts',
    before: "(values.reason === 'erased'",
    after: "(values.reason !== 'erased'",
    tests: ['src/flows/privacy/erase.test.ts', 'src/flows/privacy/erasure.test.ts'],
  },
  {
    name: 'a write that Zendesk may have done is taken for not done',
    file: 'connectors/zendesk/failures.ts',
    before: 'outcome: unknownOutcome, serverFailed: status >= 500',
    after: "outcome: 'not_done', serverFailed: status >= 500",
    tests: ['connectors/zendesk/client.test.ts'],
  },
  {
    name: 'an email that may have arrived goes out again, and one that did not counts as sent',
    file: 'src/email/smtp-failure.ts',
    before: "attempt.bodySent ? 'unknown' : 'not_done'",
    after: "attempt.bodySent ? 'not_done' : 'unknown'",
    tests: ['src/email/smtp-failure.test.ts', 'src/email/smtp.test.ts'],
  },
  {
    name: 'a refusal by policy counts as a bounce, and a bounce as a refusal',
    file: 'src/flows/asking/send.ts',
    before: "isPolicy ? refusedAs('given_up', failure) : bounced",
    after: "isPolicy ? bounced : refusedAs('given_up', failure)",
    tests: ['src/flows/asking/send.test.ts'],
  },
  {
    name: 'any signature of the right length is taken',
    file: 'src/signature.ts',
    before: 'a.length === b.length && timingSafeEqual(a, b)',
    after: 'a.length === b.length',
    tests: ['connectors/hubspot/webhooks.test.ts', 'connectors/zendesk/zendesk.test.ts'],
  },
  {
    name: 'a webhook may be repeated for ever',
    file: 'src/signature.ts',
    before: 'if (age > window) throw',
    after: 'if (age > window * 1e6) throw',
    tests: ['connectors/hubspot/webhooks.test.ts', 'connectors/zendesk/zendesk.test.ts'],
  },
  {
    name: 'an event that is delivered twice is worked on twice',
    file: 'src/store/events.ts',
    before: 'on conflict (connection_id, key) do nothing',
    after: 'on conflict (connection_id, key) do update set due_at = excluded.due_at',
    tests: ['src/store/events.test.ts'],
  },
  {
    name: 'the token of a survey link opens the unsubscribe page',
    file: 'src/flows/links.ts',
    before: 'signature.verify(claimed, signed(purpose, id)) ?',
    after: "signature.verify(claimed, signed('survey', id)) ?",
    tests: ['src/flows/links.test.ts'],
  },
  {
    name: 'a key may do what it has no scope for',
    file: 'src/http/api/caller.ts',
    before: '!caller.scopes.has(scope)) return',
    after: '!caller.scopes.size) return',
    tests: ['test/api/callers.test.ts'],
  },
  {
    name: 'a page of somebody else may change something by a session',
    file: 'src/http/api/caller.ts',
    before: '!access.isOurs(request.headers.origin)',
    after: 'access.isOurs(undefined)',
    tests: ['test/api/accounts.test.ts'],
  },
  {
    name: 'requests take nothing out of the bucket',
    file: 'src/http/rate-limit.ts',
    before: 'filled >= needed ? filled - needed : filled',
    after: 'filled',
    tests: ['src/http/rate-limit.test.ts'],
  },
  {
    name: 'the fifth wrong password in a row costs no wait',
    file: 'src/access/sign-in-limits.ts',
    before: 'failures <= free ?',
    after: 'failures <= free + 1 ?',
    tests: ['test/api/guessing.test.ts'],
  },
  {
    name: 'a reminder leaves after the link has ended',
    file: 'src/flows/asking/keep-sent.ts',
    before: 'return at < expiresAt ? at : null;',
    after: 'return at;',
    tests: ['src/flows/asking/deliver.test.ts', 'src/flows/asking/timing.test.ts'],
  },
  {
    name: 'another request with the same idempotency key gets the first one’s answer',
    file: 'src/http/api/once.ts',
    before: 'if (earlier.fingerprint !== fingerprint) {',
    after: "if (earlier.fingerprint === '') {",
    tests: ['test/api/once.test.ts'],
  },
];
