import type { Rule } from '../facts.ts';

export const noAddress: Rule = {
  reason: 'no_email',
  evenForTests: true,
  judge: ({ person }) =>
    person?.email ? undefined : { withheld: 'They have no email address that mail could be sent to.' },
};
