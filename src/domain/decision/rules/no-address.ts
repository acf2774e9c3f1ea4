import type { Rule } from '../facts.ts';

export const noAddress: Rule = {
  reason: 'no_email',
  judge: ({ person }) =>
    person?.email ? undefined : { withheld: 'The requester has no email address that mail could be sent to.' },
};
