import { scansMail } from './programs.ts';
import { isSameNetwork, isSameVisitor, openingOf, type Trace } from './trace.ts';

/** A machine that goes through a mail without keeping cookies has sent the form by then. */
const shortly = 5000;

/**
 * Why a Submit is not a person's; nothing where it is. One from the page that we rendered is, unless that client opened
 * the link that no person sees. One that came without our page is too, unless a known scanner sent it: whoever writes a
 * program of their own to answer with means it.
 */
export function machineBehindSubmit(submit: Trace, traces: readonly Trace[]): string | undefined {
  const page = openingOf(submit, traces);
  const sprung = traces.filter(({ kind, id }) => kind === 'hidden' && id < submit.id);
  if (sprung.some((hidden) => isSameVisitor(hidden, submit) || isSameVisitor(hidden, page))) {
    return 'The same browser opened a link that no person sees.';
  }
  const isUnknown = submit.visitor === null || submit.page === null;
  const near = sprung.filter(({ at }) => submit.at.getTime() - at.getTime() <= shortly);
  if (isUnknown && near.some((hidden) => isSameNetwork(hidden, submit))) {
    return 'A link that no person sees was opened from the same place right before.';
  }
  if (submit.page === null && scansMail(submit.scanner)) {
    return `The form was sent by ${submit.scanner}, without the page ever being opened.`;
  }
  return undefined;
}
