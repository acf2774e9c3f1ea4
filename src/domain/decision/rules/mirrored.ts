import { milliseconds } from '../../duration.ts';
import { onTickets, type Rule } from '../facts.ts';

/** A case that is kept in two systems is resolved in both within this. */
export const sameCaseWithin = 24 * 3_600_000;

/** A survey that lifts every quiet period wants to ask about each ticket, and this rule is one of them. */
export const mirrored: Rule = {
  reason: 'mirrored',
  judge: onTickets(({ ticket, resolvedAt, elsewhere }, { survey }) => {
    if (milliseconds(survey.audience.quietPeriod) === 0) return undefined;
    const subject = bareSubject(ticket.subject);
    const same = elsewhere.find(
      (other) =>
        subject !== '' &&
        bareSubject(other.subject) === subject &&
        Math.abs(other.resolvedAt.getTime() - resolvedAt.getTime()) <= sameCaseWithin,
    );
    return same && { skipped: { code: 'mirrored', params: { system: same.system } } };
  }),
};

/** What mail programs put before the subject of an answer or of what they pass on. */
const answered = /^(?:re|aw|sv|antw|fwd?|wg|tr|rv|i)(?:\[\d+\])?\s*:\s*/u;
const number =
  /[[(]?(?:\b(?:ticket|case|request)\s*)?#\s*\d+[\])]?|[[(]?\b(?:ticket|case|request)\s+\d+[\])]?|\[[^[\]\d]*\d[^[\]]*\]/gu;

/** A customer writes it, at whatever length: two that are alike so far are taken for the same. */
const compared = 300;

/** A subject without what a system adds to it: prefixes of answers, the number of its own ticket. */
function bareSubject(subject = ''): string {
  let left = subject
    .slice(0, compared)
    .normalize('NFKC')
    .toLowerCase()
    .replace(number, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  while (answered.test(left)) left = left.replace(answered, '');
  return left.replace(/^[\s:–—-]+|[\s:–—-]+$/gu, '');
}
