import type { Inspection } from '../../connector.ts';

/** Signatures are refused when the clocks differ by minutes; this is early enough to act. */
export const clockTolerance = 60_000;

/** How far the vendor's clock is ahead of ours, in milliseconds; nothing where it does not tell. */
export function clockDifference({ vendorClock }: Inspection, asked: Date): number | null {
  return vendorClock ? vendorClock.getTime() - asked.getTime() : null;
}
