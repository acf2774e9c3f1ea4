import { unfinishedWrites } from '../../store/copy-claims.ts';
import type { Context, LiveConnection } from '../context.ts';
import { keepOutcomes } from './keep-outcomes.ts';

/** A vendor that has not said by then what became of a write will not. */
const lostAfter = 15 * 60_000;

/** Asks what became of the writes that the vendor took but had not done. @returns how many are still under way */
export async function finishUnfinished(context: Context, live: LiveConnection): Promise<number> {
  const { contacts } = live.capabilities;
  if (!contacts?.finishWrite) return 0;
  let underWay = 0;
  for (const [receipt, copies] of await unfinishedWrites(context.database.db, live.id)) {
    const began = Math.max(...copies.map((copy) => copy.claimedUntil.getTime()));
    const lost = context.clock().getTime() > began + lostAfter;
    const outcomes = lost ? [] : await contacts.finishWrite(receipt);
    if (outcomes) await keepOutcomes(context, live, copies, outcomes);
    else underWay += copies.length;
  }
  return underWay;
}
