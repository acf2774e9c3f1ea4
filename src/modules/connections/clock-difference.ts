import type { Inspection } from '../../connector.ts';
import { minuteMs } from '../../model/time-units.ts';

/** Signatures are refused when the clocks differ by minutes; this is early enough to act. */
export const clockToleranceMs = minuteMs;

/** How far the vendor's clock is ahead of ours, in milliseconds; nothing where it does not tell. */
export function clockDifference({ vendorClock }: Inspection, asked: Date): number | null {
  return vendorClock ? vendorClock.getTime() - asked.getTime() : null;
}
