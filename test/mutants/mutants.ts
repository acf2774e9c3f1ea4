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

const rules = ['src/modules/decisions/rules.test.ts'];

/** One or two for each promise that would hurt most to break, with tests that run without a browser or a process. */
export const mutants: readonly Mutant[] = [
  {
    name: 'whoever has not opted out is not asked, and the others are',
    file: 'src/modules/decisions/rules/about-consent.ts',
    before: 'record.optedOut)',
    after: '!record.optedOut)',
    tests: rules,
  },
  {
    name: 'a ticket that was first seen after exactly 7 days is too late',
    file: 'src/modules/decisions/rules/about-ticket.ts',
    before: 'resolvedAt.getTime() > maxAgeMs',
    after: 'resolvedAt.getTime() >= maxAgeMs',
    tests: rules,
  },
  {
    name: 'the quiet period does not end in the moment in which it ends',
    file: 'src/modules/decisions/rules/about-timing.ts',
    before: 'return ends > now ?',
    after: 'return ends >= now ?',
    tests: rules,
  },
  {
    name: 'the daily cap lets one more email out',
    file: 'src/modules/invitations/daily-cap.ts',
    before: 'count.sent < dailyCap',
    after: 'count.sent <= dailyCap',
    tests: ['src/modules/invitations/recheck.test.ts'],
  },
  {
    name: 'an NPS rating of 8 is a promoter',
    file: 'src/model/scale.ts',
    before: "=== 'nps' ? 9 :",
    after: "=== 'nps' ? 8 :",
    tests: ['src/model/scale.test.ts'],
  },
  {
    name: 'three of seven points are the top of CSAT and CES',
    file: 'src/model/scale.ts',
    before: 'Math.floor(count * 0.4)',
    after: 'Math.round(count * 0.4)',
    tests: ['src/model/scale.test.ts'],
  },
  {
    name: 'the trend compares with the first answer instead of the one before',
    file: 'src/modules/contacts/crm-fields.ts',
    before: 'const previous = answers.at(-2);',
    after: 'const previous = answers.at(0);',
    tests: ['src/modules/contacts/crm-fields.test.ts'],
  },
  {
    name: 'the usual level takes a mere tap for an answer',
    file: 'src/modules/responses/evidence/judge.ts',
    before: "balanced: ['act'],",
    after: "balanced: ['act', 'open'],",
    tests: ['src/modules/responses/evidence/judge.test.ts'],
  },
  {
    name: 'three numbers opened within 10 seconds are no sign of a machine',
    file: 'src/modules/responses/evidence/signs.ts',
    before: '{ numbers: 3, within: 10 }',
    after: '{ numbers: 4, within: 10 }',
    tests: ['src/modules/responses/evidence/judge.test.ts'],
  },
  {
    name: 'a record counts as up to date though the score moved on during the write',
    file: 'src/modules/records/queries/record-links.ts',
    before: 's.revision > least(w.revision, c.writing_revision)',
    after: 's.revision < least(w.revision, c.writing_revision)',
    tests: ['src/modules/records/queries/record-links.test.ts'],
  },
  {
    name: 'a write that was made void, because a field came back, counts',
    file: 'src/modules/records/queries/record-links.ts',
    before: 'least(w.revision, c.writing_revision)',
    after: 'w.revision',
    tests: [
      'src/modules/records/queries/record-links.test.ts',
      'src/modules/contacts/queries/written-meanwhile.test.ts',
      'src/modules/write-back/missing-fields.test.ts',
    ],
  },
  {
    name: 'reminders go on after a contact unsubscribed',
    file: 'src/modules/responses/unsubscribe.ts',
    before: 'await endReminders(tx, contact.id, surveyId);',
    after: "await endReminders(tx, '', surveyId);",
    tests: [
      'src/modules/invitations/recheck.test.ts',
      'src/modules/invitations/audience.test.ts',
      'src/modules/responses/page/routes.test.ts',
    ],
  },
  {
    name: 'unsubscribing from one survey withdraws the invitations of all',
    file: 'src/modules/responses/unsubscribe.ts',
    before: '(other) => surveyId === undefined || other.surveyId === surveyId,',
    after: '(other) => surveyId === undefined || other.surveyId !== surveyId,',
    tests: [
      'src/modules/invitations/recheck.test.ts',
      'src/modules/invitations/audience.test.ts',
      'src/modules/responses/page/routes.test.ts',
    ],
  },
  {
    name: 'a write under way for a contact who was erased passes for the clearing of their record',
    file: 'src/modules/contacts/queries/erasure.ts',
    before: 'const revision = 1 + Math.max(',
    after: 'const revision = Math.max(',
    tests: ['src/modules/contacts/privacy/erase.test.ts', 'src/modules/contacts/privacy/erasure.test.ts'],
  },
  {
    name: 'a contact who had unsubscribed is forgotten as erased',
    file: 'src/modules/contacts/queries/suppressions.ts',
    before: "(values.reason === 'erased'",
    after: "(values.reason !== 'erased'",
    tests: ['src/modules/contacts/privacy/erase.test.ts', 'src/modules/contacts/privacy/erasure.test.ts'],
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
    file: 'src/platform/email/smtp-failure.ts',
    before: "attempt.bodySent ? 'unknown' : 'not_done'",
    after: "attempt.bodySent ? 'not_done' : 'unknown'",
    tests: ['src/platform/email/smtp-failure.test.ts', 'src/platform/email/smtp.test.ts'],
  },
  {
    name: 'a refusal by policy counts as a bounce, and a bounce as a refusal',
    file: 'src/modules/invitations/send.ts',
    before: "isPolicy ? refusedAs('given_up', failure) : bounced",
    after: "isPolicy ? bounced : refusedAs('given_up', failure)",
    tests: ['src/modules/invitations/send.test.ts'],
  },
  {
    name: 'any signature of the right length is taken',
    file: 'src/model/signature.ts',
    before: 'a.length === b.length && timingSafeEqual(a, b)',
    after: 'a.length === b.length',
    tests: ['connectors/hubspot/webhooks.test.ts', 'connectors/zendesk/zendesk.test.ts'],
  },
  {
    name: 'a webhook may be repeated for ever',
    file: 'src/model/signature.ts',
    before: 'if (age > window) throw',
    after: 'if (age > window * 1e6) throw',
    tests: ['connectors/hubspot/webhooks.test.ts', 'connectors/zendesk/zendesk.test.ts'],
  },
  {
    name: 'an event that is delivered twice is worked on twice',
    file: 'src/modules/events/queries/events.ts',
    before: 'on conflict (connection_id, key) do nothing',
    after: 'on conflict (connection_id, key) do update set due_at = excluded.due_at',
    tests: ['src/modules/events/queries/events.test.ts'],
  },
  {
    name: 'the token of a survey link opens the unsubscribe page',
    file: 'src/modules/invitations/links.ts',
    before: 'signature.verify(claimed, signed(purpose, id)) ?',
    after: "signature.verify(claimed, signed('survey', id)) ?",
    tests: ['src/modules/invitations/links.test.ts'],
  },
  {
    name: 'a key may do what it has no scope for',
    file: 'src/platform/http/authenticate.ts',
    before: '!caller.scopes.has(scope)) return',
    after: '!caller.scopes.size) return',
    tests: ['test/api/callers.test.ts'],
  },
  {
    name: 'a page of somebody else may change something by a session',
    file: 'src/platform/http/authenticate.ts',
    before: '!access.isOurs(request.headers.origin)',
    after: 'access.isOurs(undefined)',
    tests: ['test/api/accounts.test.ts'],
  },
  {
    name: 'requests take nothing out of the bucket',
    file: 'src/platform/http/request-limits.ts',
    before: 'filled >= needed ? filled - needed : filled',
    after: 'filled',
    tests: ['src/platform/http/request-limits.test.ts'],
  },
  {
    name: 'the fifth wrong password in a row costs no wait',
    file: 'src/modules/accounts/sign-in-limits.ts',
    before: 'failures <= free ?',
    after: 'failures <= free + 1 ?',
    tests: ['test/api/guessing.test.ts'],
  },
  {
    name: 'a reminder leaves after the link has ended',
    file: 'src/modules/invitations/save-sent.ts',
    before: 'return at < expiresAt ? at : null;',
    after: 'return at;',
    tests: ['src/modules/invitations/recheck.test.ts', 'src/modules/invitations/timing.test.ts'],
  },
  {
    name: 'another request with the same idempotency key gets the first one’s answer',
    file: 'src/platform/http/once.ts',
    before: 'if (earlier.fingerprint !== fingerprint) {',
    after: "if (earlier.fingerprint === '') {",
    tests: ['test/api/once.test.ts'],
  },
  {
    name: 'what a transaction counted is counted although it was rolled back',
    file: 'src/platform/database/database.ts',
    before: 'if (transaction?.open) transaction.afterwards.push(work);',
    after: 'if (transaction?.open) work();',
    tests: ['src/platform/database/database.test.ts'],
  },
  {
    name: 'the lag of write-back starts over with each try',
    file: 'src/modules/records/queries/record-links.ts',
    before: 'dueAt,\n      outOfSyncSince: outOfSyncBefore,',
    after: 'dueAt,',
    tests: ['test/api/metrics.test.ts'],
  },
  {
    name: 'any key may read the metrics',
    file: 'src/platform/http/metrics.ts',
    before: "scope: 'metrics:read'",
    after: "scope: 'read'",
    tests: ['test/api/metrics.test.ts'],
  },
];
