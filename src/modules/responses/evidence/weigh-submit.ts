import type { SignMessage } from '../../../model/messages/status-reason.ts';
import { firstFrom } from './burst.ts';
import { scansEmail } from './programs.ts';
import type { Trace } from './trace.ts';

/** A machine that goes through an email without keeping cookies has sent the form by then. */
const shortly = 5000;

/**
 * Weighs the Submits of an invitation. Its result says why a Submit is not a person's; nothing where it is. One from the
 * page that we rendered is, unless that client opened the link that no person sees. One that came without our page is
 * too, unless a known scanner sent it: whoever writes a program of their own to answer with means it.
 *
 * @param traces oldest first, the Submits among them
 */
export function createSubmitScale(traces: readonly Trace[]): (submit: Trace) => SignMessage | undefined {
  const pages = new Map(traces.map((trace) => [trace.id, trace]));
  const hidden = traces.filter(({ kind }) => kind === 'hidden');
  /** When each browser opened it first, by the id of that. */
  const byVisitor = new Map<string, number>();
  for (const { visitor, id } of hidden) {
    if (visitor !== null && !byVisitor.has(visitor)) byVisitor.set(visitor, id);
  }
  const byNetwork = Map.groupBy(hidden, ({ network }) => network);
  const idsOf = new Map([...byNetwork].map(([network, of]) => [network, of.map(({ id }) => id)]));

  return (submit) => {
    const page = pages.get(submit.page ?? -1) ?? submit;
    const isSprung = ({ visitor }: Trace) =>
      visitor !== null && (byVisitor.get(visitor) ?? Number.POSITIVE_INFINITY) < submit.id;
    if (isSprung(submit) || isSprung(page)) return { code: 'hidden_link', params: { kind: 'same_browser' } };
    const isUnknown = submit.visitor === null || submit.page === null;
    if (isUnknown && submit.network !== null) {
      const before = byNetwork.get(submit.network)?.[firstFrom(idsOf.get(submit.network) ?? [], submit.id) - 1];
      if (before && submit.at.getTime() - before.at.getTime() <= shortly) {
        return { code: 'hidden_link', params: { kind: 'same_place' } };
      }
    }
    const program = submit.scanner;
    if (submit.page === null && program !== null && scansEmail(program)) {
      return { code: 'known_program', params: { kind: 'submitted', program } };
    }
    return undefined;
  };
}
