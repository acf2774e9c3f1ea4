import { numbersIn, type Sign } from '../sign.ts';
import { isSameVisitor } from '../trace.ts';

/** In one go by whomever, or by one browser however long it took. */
export const allLinks: Sign = ({ opening, burst, traces, points }) => {
  const ofVisitor = traces.filter((trace) => isSameVisitor(trace, opening));
  return [burst, ofVisitor].some((opened) => numbersIn(opened).size >= points)
    ? `All ${points} numbers were opened.`
    : undefined;
};
