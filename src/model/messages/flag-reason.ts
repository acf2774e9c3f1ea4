import type { Message } from './message.ts';

/** Why a contact is flagged: the ratings that say so, the newest last. */
export type FlagReason =
  | Message<
      'at_risk',
      {
        nps: number;
        first: number;
        firstScale: number;
        second: number;
        secondScale: number;
        third: number;
        thirdScale: number;
      }
    >
  | Message<'advocate', { nps: number; csat: number; scale: number }>;
