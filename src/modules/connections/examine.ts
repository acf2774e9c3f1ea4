import type { Finding, Guide, Inspection } from '../../connector.ts';
import { isoDuration } from '../../model/duration.ts';
import { UpstreamBusy, type UpstreamFailure, UpstreamRefused } from '../../model/errors.ts';
import type { CheckAbout, CheckLine, CheckMessage } from '../../model/messages/check-line.ts';
import { refusedFinding } from '../../model/messages/finding.ts';
import { dayMs } from '../../model/time-units.ts';
import { clockDifference, clockToleranceMs } from './clock-difference.ts';
import type { ConnectionsContext, LiveConnection } from './context.ts';
import { guideFor } from './keys.ts';
import { provision } from './provision.ts';
import { type Backlog, backlogs, type ConnectionRow, findConnection, updateConnection } from './queries/connections.ts';
import { shown } from './shown-findings.ts';

export type Examination = {
  connector: string;
  connection: string;
  account: string | null;
  lines: readonly CheckLine[];
};

const longWithoutEventMs = 7 * dayMs;

/**
 * Looks at a connection as an operator would: account, rights, fields, webhook, what it heard last, what waits.
 *
 * @param options.fix whether to repair first what is ours
 */
export async function examine(
  context: ConnectionsContext,
  live: LiveConnection,
  options: { fix: boolean },
): Promise<Examination> {
  const { database, clock } = context;
  if (options.fix) {
    await updateConnection(database.db, live.id, { provisionDueAt: clock() });
    await provision(context, live.id);
  }
  live.rateLimiter.resume();
  const asked = clock();
  const row = await findConnection(database.db, live.id);
  const inspected = await inspect(live, { ticketMarks: row?.tagTickets ?? false });
  const waiting = (await backlogs(database.db, live.workspaceId)).get(live.id);
  const guide = row && guideFor(context.offers, row);
  const lines = [
    ...(inspected instanceof Error
      ? [failureLine(inspected, guide)]
      : inspected.findings.map((one) => lineOf(one, guide))),
    ...(inspected instanceof Error ? [] : clockLines(inspected, asked)),
    ...(row ? stateLines(row, { waiting, guide, now: clock() }) : []),
    ...rateLimitLines(live),
  ];
  return { connector: live.connector.name, connection: live.id, account: row?.account ?? null, lines };
}

async function inspect(live: LiveConnection, options: { ticketMarks: boolean }): Promise<Inspection | UpstreamFailure> {
  try {
    return (await live.capabilities.provisioning?.check(options)) ?? { findings: [] };
  } catch (failure) {
    if (failure instanceof UpstreamBusy || failure instanceof UpstreamRefused) return failure;
    throw failure;
  }
}

function failureLine({ why }: UpstreamFailure, guide: Guide | undefined): CheckLine {
  return lineOf(refusedFinding({ kind: 'account' }, why), guide);
}

/** As an operator reads it: what was just made or mended is in order. */
function lineOf(finding: Finding, guide: Guide | undefined): CheckLine {
  const { fields: _, severity, ...line } = shown(finding, guide);
  return { ...line, state: severity === 'attention' ? 'attention' : 'fine' };
}

function clockLines(inspection: Inspection, asked: Date): CheckLine[] {
  const ahead = clockDifference(inspection, asked);
  if (ahead === null) return [];
  const apart = Math.abs(ahead);
  if (apart <= clockToleranceMs) return [line('clock', 'fine', { code: 'clock.agrees', params: {} })];
  return [line('clock', 'attention', { code: 'clock.differs', params: { difference: inSeconds(apart) } })];
}

function stateLines(
  row: ConnectionRow,
  { waiting, guide, now }: { waiting: Backlog | undefined; guide: Guide | undefined; now: Date },
): CheckLine[] {
  const { pendingEvents: toRead = 0, recordsPending: toWrite = 0, recordsFailed: count = 0 } = waiting ?? {};
  const why = row.statusDetail ?? ({ code: 'account.stopped', params: {} } as const);
  return [
    ...(row.status === 'unauthorized' ? [lineOf(refusedFinding({ kind: 'account' }, why), guide)] : []),
    lastEventLine(row.lastEventAt, now),
    line('backlog', 'fine', { code: 'backlog', params: { toRead, toWrite } }),
    ...(count > 0 ? [line('failed_records', 'attention', { code: 'records.failed', params: { count } })] : []),
    ...(row.surveysPausedAt ? [line('asking', 'note', { code: 'asking.paused', params: {} })] : []),
    ...(row.writeBackPausedAt ? [line('writing', 'note', { code: 'writing.paused', params: {} })] : []),
  ];
}

function lastEventLine(at: Date | null, now: Date): CheckLine {
  if (at === null) return line('last_event', 'note', { code: 'events.none', params: {} });
  const since = now.getTime() - at.getTime();
  const state = since > longWithoutEventMs ? 'note' : 'fine';
  return line('last_event', state, { code: 'events.last', params: { ago: inSeconds(since) } });
}

function rateLimitLines(live: LiveConnection): CheckLine[] {
  const { remaining, waitingUntil } = live.rateLimiter.state();
  const until = waitingUntil?.toISOString();
  return [
    ...(remaining === undefined
      ? []
      : [line('rate_limit', 'fine', { code: 'calls.left', params: { count: remaining } })]),
    ...(until === undefined ? [] : [line('rate_limit', 'note', { code: 'calls.wait', params: { until } })]),
  ];
}

function line(kind: PlainKind, state: CheckLine['state'], said: CheckMessage): CheckLine {
  return { ...said, about: { kind }, state, repairable: false };
}

type PlainKind = Exclude<CheckAbout['kind'], 'field' | 'right'>;

/** Nobody reads fractions of a second. */
function inSeconds(length: number): string {
  return isoDuration(Math.floor(length / 1000) * 1000);
}
