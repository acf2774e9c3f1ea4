import type { SignMessage, StatusReason } from '../../../model/messages/status-reason.ts';
import type { Confirmation } from '../../surveys/index.ts';
import { byVisitor, findBursts } from './burst.ts';
import type { Sign } from './sign.ts';
import { allLinks, hiddenLink, knownProgram, severalNumbers, soonAfterDelivery } from './signs.ts';
import { isRated, type RatedTrace, type Trace } from './trace.ts';
import { createSubmitScale } from './weigh-submit.ts';

/** What confirmed an answer. */
export type ConfirmedBy = 'submit' | 'act' | 'tap';

/** Whether an answer counts. */
export type Standing =
  | { status: 'confirmed'; by: ConfirmedBy }
  /** Nobody can say that a person meant it. */
  | { status: 'unconfirmed' }
  | { status: 'quarantined'; reason: StatusReason };

/** What the traces of an invitation come to; `pending` while the window for a comment, or for evidence, is open. */
export type Outcome = { rating: number; at: Date } & (Standing | { status: 'pending'; until: Date });

export type EvidenceCase = {
  level: Confirmation;
  /** Milliseconds that a tap or a touch waits before it is judged. */
  commentWindow: number;
  points: number;
  sentAt: Date | null;
  now: Date;
};

/** All signs of a machine; each weighs alone, and only against what was not submitted. */
const signs: readonly Sign[] = [hiddenLink, allLinks, severalNumbers, soonAfterDelivery, knownProgram];

/** What counts as an answer without a Submit. */
const counting: Record<Confirmation, readonly Trace['kind'][]> = {
  strict: [],
  balanced: ['act'],
  instant: ['act', 'open'],
};

/**
 * Who it was, and whether it counts: the newest Submit of a person, else the newest touch or tap that the level takes
 * for an answer and no sign of a machine speaks against. It takes n log n of the traces, since strangers make them.
 *
 * @param traces oldest first
 * @returns nothing where no number was ever chosen
 */
export function judge(
  traces: readonly Trace[],
  { level, commentWindow, points, sentAt, now }: EvidenceCase,
): Outcome | undefined {
  const rated = traces.filter(isRated).reverse();
  const [newest] = rated;
  if (!newest) return undefined;
  const findMachine = createSubmitScale(traces);
  const submitted = rated.find((trace) => trace.kind === 'submit' && !findMachine(trace));
  if (submitted) return { status: 'confirmed', by: 'submit', ...chosenBy(submitted) };

  const until = new Date(newest.at.getTime() + commentWindow);
  if (until > now) return { status: 'pending', until, ...chosenBy(newest) };

  const [known, bursts, visitors] = [new Map(traces.map((of) => [of.id, of])), findBursts(traces), byVisitor(traces)];
  const evidence = (trace: Trace): readonly SignMessage[] => {
    if (trace.kind === 'submit') return [findMachine(trace)].filter((sign) => sign !== undefined);
    const opening = known.get(trace.page ?? -1) ?? trace;
    const [burst, visitor] = [bursts.get(opening.id), visitors.get(opening.visitor ?? '')];
    const scene = { trace, opening, burst, visitor, points, sentAt };
    return signs.flatMap((sign) => sign(scene) ?? []);
  };
  const clean = rated.filter((trace) => evidence(trace).length === 0);
  const meant = clean.find(({ kind }) => counting[level].includes(kind));
  if (meant) return { status: 'confirmed', by: meant.kind === 'act' ? 'act' : 'tap', ...chosenBy(meant) };
  const [tapped] = clean;
  if (tapped) return { status: 'unconfirmed', ...chosenBy(tapped) };
  const reason = { code: 'quarantined', params: { signs: evidence(newest) } } as const;
  return { status: 'quarantined', reason, ...chosenBy(newest) };
}

function chosenBy({ rating, at }: RatedTrace): { rating: number; at: Date } {
  return { rating, at };
}
