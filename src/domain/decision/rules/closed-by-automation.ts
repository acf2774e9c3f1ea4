import { onTickets, type Rule } from '../facts.ts';

/** A rule that closes what is long silent resolves nothing that somebody could rate. */
export const closedByAutomation: Rule = {
  reason: 'closed_by_automation',
  judge: onTickets(({ ticket: { handler } }, { survey: { audience } }) => {
    const isWanted = audience.conditions.some((one) => one.field === 'handler' && one.is?.includes('automation'));
    if (audience.closedByAutomation === 'ask' || isWanted) return undefined;
    if (handler === undefined) {
      return { notApplied: [{ code: 'automation_unknown', params: {} }] };
    }
    return handler === 'automation' ? { skipped: { code: 'closed_by_automation', params: {} } } : undefined;
  }),
};
