import type { Sign } from '../sign.ts';

/** Nobody has received, opened and read an email by then. */
const soonest = 10;

export const soonAfterDelivery: Sign = ({ opening, sentAt }) => {
  if (sentAt === null) return undefined;
  const seconds = (opening.at.getTime() - sentAt.getTime()) / 1000;
  return seconds < soonest ? { code: 'soon_after_delivery', params: { within: `PT${soonest}S` } } : undefined;
};
