import { onTickets, type Rule } from '../facts.ts';

/** A rule that closes what is long silent resolves nothing that somebody could rate. */
export const closedByAutomation: Rule = {
  reason: 'closed_by_automation',
  judge: onTickets(({ ticket: { handler } }, { survey: { audience } }) => {
    const isWanted = audience.conditions.some((one) => one.field === 'handler' && one.is?.includes('automation'));
    if (audience.closedByAutomation === 'ask' || isWanted) return undefined;
    if (handler === undefined) {
      const unknown =
        'Whether a person or a rule closed the ticket is not known to this system, so that rule was not applied.' as const;
      return { notApplied: [unknown] };
    }
    return handler === 'automation'
      ? { withheld: 'A rule closed the ticket by itself, so there is nobody’s help to rate.' }
      : undefined;
  }),
};
