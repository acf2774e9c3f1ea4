import { numbersNear } from '../burst.ts';
import type { Sign } from '../sign.ts';

/** So many different numbers within so many seconds: somebody who tapped the wrong one needs longer to go back. */
const tooMany = [
  { numbers: 2, within: 2 },
  { numbers: 3, within: 10 },
] as const;

export const severalNumbers: Sign = ({ opening, burst }) => {
  for (const { numbers, within } of tooMany) {
    const found = burst === undefined ? 0 : numbersNear(burst, opening.at, within * 1000);
    if (found >= numbers) return { code: 'several_numbers', params: { numbers: found, within: `PT${within}S` } };
  }
  return undefined;
};
