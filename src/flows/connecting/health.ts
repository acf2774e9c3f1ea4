import type { ControlledPace } from '../../pace.ts';
import type { ConnectionRow } from '../../store/connections.ts';
import type { ShownFinding } from './shown-findings.ts';

export type Aspect = { state: 'fine' | 'note' | 'attention' | 'unknown'; detail: string | null };

/** How a connection is, as far as we know without asking the vendor. @param pace absent while it is closed */
export function healthOf(
  row: ConnectionRow,
  findings: readonly ShownFinding[],
  pace: ReturnType<ControlledPace['state']> | undefined,
) {
  const { day } = pace ?? {};
  return {
    credentials:
      row.status === 'refused'
        ? { state: 'attention' as const, detail: row.statusDetail }
        : aspectOf(findings.find(({ subject }) => subject === 'credentials')),
    webhook: aspectOf(findings.find(({ subject }) => subject === 'webhook')),
    checkedAt: row.checkedAt,
    lastNoticeAt: row.lastNoticeAt,
    lastPolledAt: row.lastPolledAt,
    headroom: {
      callsLeft: pace?.remaining ?? null,
      waitingUntil: pace?.waitingUntil ?? null,
      day: day ? { callsLeft: day.remaining, calls: day.calls ?? null, startsAnewAt: day.startsAnewAt ?? null } : null,
    },
    clockDifference: row.clockDifference,
    stoppedAt: row.refusedAt,
    stoppedBecause: row.status === 'refused' ? row.statusDetail : null,
  };
}

function aspectOf(finding: ShownFinding | undefined): Aspect {
  if (!finding) return { state: 'unknown', detail: null };
  const { severity, what, remedy } = finding;
  return { state: severity, detail: severity === 'fine' ? null : [what, remedy].filter(Boolean).join(' ') };
}
