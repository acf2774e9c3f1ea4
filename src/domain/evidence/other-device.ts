import { isSameNetwork, isSameVisitor, type Trace } from './trace.ts';

type Device = Pick<Trace, 'visitor' | 'network'>;

/**
 * Whether somebody may be at the other end who is not the one who answered: an email is forwarded with its links. The
 * browser that sent the first answer is told by its cookie; where one of the two keeps none, by network and program.
 */
export function isOtherDevice(client: Device, traces: readonly Trace[]): boolean {
  const answered = traces.find(({ kind }) => kind === 'submit') ?? traces.findLast(({ kind }) => kind === 'act');
  if (answered === undefined || isSameVisitor(client, answered)) return false;
  if (client.visitor !== null && answered.visitor !== null) return true;
  const isUnknown = client.network === null && answered.network === null;
  return !isUnknown && !isSameNetwork(client, answered);
}
