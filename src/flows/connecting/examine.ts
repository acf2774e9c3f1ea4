import type { Finding, Inspection } from '../../connector.ts';
import { durationInWords } from '../../domain/duration.ts';
import { UpstreamBusy, UpstreamRefused } from '../../errors.ts';
import {
  type Backlog,
  backlogs,
  type ConnectionRow,
  findConnection,
  updateConnection,
} from '../../store/connections.ts';
import type { Context, LiveConnection } from '../context.ts';
import { clockDifference, clockTolerance } from './clock-difference.ts';
import { provision } from './provision.ts';
import { inOneLine } from './shown-findings.ts';

/** One thing that was looked at: fine, or something that needs a person, or worth knowing. */
export type Line = { subject: string; state: 'fine' | 'note' | 'attention'; detail: string };

export type Examination = { connector: string; connection: string; account: string | null; lines: readonly Line[] };

const longWithoutNotice = 7 * 86_400_000;

/**
 * Looks at a connection as an operator would: account, rights, fields, webhook, what it heard last, what waits.
 *
 * @param wishes.fix whether to repair first what is ours
 */
export async function examine(context: Context, live: LiveConnection, wishes: { fix: boolean }): Promise<Examination> {
  const { database, clock } = context;
  if (wishes.fix) {
    await updateConnection(database.db, live.id, { provisionDueAt: clock() });
    await provision(context, live.id);
  }
  live.pace.resume();
  const asked = clock();
  const row = await findConnection(database.db, live.id);
  const inspected = await inspect(live, { ticketMarks: row?.marksTickets ?? false });
  const waiting = (await backlogs(database.db, live.workspaceId)).get(live.id);
  const lines = [
    ...(inspected instanceof Error ? [failureLine(inspected)] : inspected.findings.map(findingLine)),
    ...(inspected instanceof Error ? [] : clockLines(inspected, asked)),
    ...(row ? stateLines(row, waiting, clock()) : []),
    ...paceLines(live),
  ];
  return { connector: live.connector.name, connection: live.id, account: row?.account ?? null, lines };
}

async function inspect(
  live: LiveConnection,
  wishes: { ticketMarks: boolean },
): Promise<Inspection | UpstreamBusy | UpstreamRefused> {
  try {
    return (await live.capabilities.provisioning?.check(wishes)) ?? { findings: [] };
  } catch (failure) {
    if (failure instanceof UpstreamBusy || failure instanceof UpstreamRefused) return failure;
    throw failure;
  }
}

function failureLine(failure: UpstreamBusy | UpstreamRefused): Line {
  const later = 'It may be down: try again later.';
  const detail = failure instanceof UpstreamRefused ? failure.inWords : `${failure.message}. ${later}`;
  return { subject: 'account', state: 'attention', detail };
}

function findingLine(finding: Finding): Line {
  const { subject, state } = finding;
  const needed = state === 'missing' || state === 'blocked';
  const repair = state === 'missing' ? ' Repair it with --fix.' : '';
  return {
    subject,
    state: needed ? 'attention' : 'fine',
    detail: `${inOneLine(finding) ?? (needed ? state : 'in order')}${repair}`,
  };
}

function clockLines(inspection: Inspection, asked: Date): Line[] {
  const ahead = clockDifference(inspection, asked);
  if (ahead === null) return [];
  const difference = Math.abs(ahead);
  const apart = difference > clockTolerance;
  const detail = apart
    ? `this machine's clock and the vendor's differ by ${durationInWords(difference)}: set this one right, or webhooks are refused`
    : 'agrees with the vendor’s';
  return [{ subject: 'clock', state: apart ? 'attention' : 'fine', detail }];
}

function stateLines(row: ConnectionRow, waiting: Backlog | undefined, now: Date): Line[] {
  const { noticesToLookAt = 0, recordsToWrite = 0, recordsParked = 0 } = waiting ?? {};
  const heard = row.lastNoticeAt ? now.getTime() - row.lastNoticeAt.getTime() : undefined;
  const quiet = heard === undefined || heard > longWithoutNotice;
  return [
    ...(row.status === 'refused' ? [attention('state', row.statusDetail ?? 'refused')] : []),
    {
      subject: 'last notice',
      state: quiet ? 'note' : 'fine',
      detail:
        heard === undefined ? 'none heard yet; the poll alone finds what happened' : `${durationInWords(heard)} ago`,
    },
    { subject: 'backlog', state: 'fine', detail: `${noticesToLookAt} to look at, ${recordsToWrite} to write` },
    ...(recordsParked > 0
      ? [attention('parked', `${recordsParked} records cannot be written; see GET /api/responses`)]
      : []),
    ...(row.askingPausedAt ? [note('asking', 'is paused for this connection')] : []),
    ...(row.writingPausedAt ? [note('writing', 'is paused for this connection')] : []),
  ];
}

function paceLines(live: LiveConnection): Line[] {
  const { remaining, waitingUntil } = live.pace.state();
  return [
    ...(remaining === undefined
      ? []
      : [{ subject: 'headroom', state: 'fine' as const, detail: `${remaining} calls left now` }]),
    ...(waitingUntil ? [note('pace', `the vendor wants us to wait until ${waitingUntil.toISOString()}`)] : []),
  ];
}

function attention(subject: string, detail: string): Line {
  return { subject, state: 'attention', detail };
}

function note(subject: string, detail: string): Line {
  return { subject, state: 'note', detail };
}
