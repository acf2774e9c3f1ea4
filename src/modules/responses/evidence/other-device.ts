import type { Trace } from './trace.ts';

type Device = Pick<Trace, 'visitor' | 'network'>;

/**
 * Whether somebody may be at the other end who is not the one who answered: an email is forwarded with its links. The
 * browser that sent the first answer is told by its cookie; where one of the two keeps none, by network and program.
 */
export function isOtherDevice(client: Device, traces: readonly Trace[]): boolean {
  const answered = traces.find(({ kind }) => kind === 'submit') ?? traces.findLast(({ kind }) => kind === 'act');
  if (answered === undefined) return false;
  return client.visitor !== null && answered.visitor !== null
    ? client.visitor !== answered.visitor
    : client.network !== answered.network;
}
