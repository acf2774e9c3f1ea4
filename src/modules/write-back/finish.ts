import { minuteMs } from '../../model/time-units.ts';
import type { LiveConnection } from '../connections/index.ts';
import type { ContactsContext } from '../contacts/index.ts';
import { unfinishedWrites } from './queries/record-link-claims.ts';
import { saveOutcomes } from './save-outcomes.ts';

/** A vendor that has not said by then what became of a write will not. */
const lostAfterMs = 15 * minuteMs;

/** How long a write under way is left alone before the vendor is asked about it again: asking costs a call, too. */
export const askAgainAfterMs = 1000;

/** Asks what became of the writes that the vendor took but had not done. @returns how many are still under way */
export async function finishUnfinished(context: ContactsContext, live: LiveConnection): Promise<number> {
  const { contacts } = live.capabilities;
  if (!contacts?.finishWrite) return 0;
  // When each receipt was last asked about, or first seen.
  const asked = live.memory.of('receipts', () => new Map<string, number>());
  let underWay = 0;
  for (const [receipt, recordLinks] of await unfinishedWrites(context.database.db, live.id)) {
    const now = context.clock().getTime();
    const last = asked.get(receipt);
    if (last === undefined || now - last < askAgainAfterMs) {
      if (last === undefined) asked.set(receipt, now);
      underWay += recordLinks.length;
      continue;
    }
    asked.set(receipt, now);
    const began = Math.max(...recordLinks.map((recordLink) => recordLink.claimedUntil.getTime()));
    const outcomes = now > began + lostAfterMs ? [] : await contacts.finishWrite(receipt);
    if (outcomes) {
      await saveOutcomes(context, live, recordLinks, outcomes);
      asked.delete(receipt);
    } else underWay += recordLinks.length;
  }
  return underWay;
}
