import { Conflict } from '../../model/errors.ts';
import type { FindingAbout } from '../../model/messages/finding.ts';
import { markAllOutOfSync } from '../records/index.ts';
import { clockDifference } from './clock-difference.ts';
import type { ConnectionsContext, LiveConnection } from './context.ts';
import { guideFor } from './keys.ts';
import { hasNewFields } from './missing-fields.ts';
import { provision } from './provision.ts';
import { findConnection, markUnauthorized, updateConnection } from './queries/connections.ts';
import { checkAgainAfterMs } from './refuse.ts';
import { type ShownFinding, shown, whyNotOpened } from './shown-findings.ts';

export type Checked = {
  account: string | null;
  checkedAt: Date;
  /** How far the vendor's clock is ahead of ours, in milliseconds, where it tells. */
  clockDifference: number | null;
  findings: readonly ShownFinding[];
};

/**
 * Looks at a connection's account now, and changes nothing there. What is found is kept.
 *
 * @throws UpstreamBusy when the vendor does not answer
 */
export async function check(context: ConnectionsContext, live: LiveConnection): Promise<Checked> {
  const { database, clock, wake } = context;
  const { provisioning } = live.capabilities;
  const row = await findConnection(database.db, live.id);
  if (!provisioning || !row) throw new Conflict({ code: 'nothing_to_check', params: {} });
  live.rateLimiter.resume();
  const asked = clock();
  const inspection = await provisioning.check({ ticketMarks: row.tagTickets });
  const difference = clockDifference(inspection, asked);
  const { account, findings } = inspection;
  await updateConnection(database.db, live.id, {
    findings,
    checkedAt: asked,
    clockDifference: difference,
  });
  if (hasNewFields(row.findings, inspection)) await markAllOutOfSync(database.db, live.id, clock());
  if (account === undefined) {
    await markUnauthorized(database.db, live.id, {
      statusDetail: whyNotOpened(findings),
      provisionDueAt: new Date(clock().getTime() + checkAgainAfterMs),
      now: clock(),
    });
  } else if (row.status !== 'ready' || account !== row.account) {
    // It opens again, or another account: what follows from that is no look any more.
    await updateConnection(database.db, live.id, { provisionDueAt: clock() });
    await wake('provision', live.id);
  }
  const guide = guideFor(context.offers, row);
  return {
    account: account ?? null,
    checkedAt: asked,
    clockDifference: difference,
    findings: findings.map((finding) => shown(finding, guide)),
  };
}

/** Creates and mends what is ours first. @returns what was mended besides */
export async function repair(
  context: ConnectionsContext,
  live: LiveConnection,
): Promise<Checked & { mended: readonly FindingAbout[] }> {
  const { database, clock } = context;
  await updateConnection(database.db, live.id, { provisionDueAt: clock() });
  await provision(context, live.id);
  const row = await findConnection(database.db, live.id);
  const mended = (row?.findings ?? []).filter(({ state }) => state === 'created' || state === 'repaired');
  // It may have been found to be another account, and opened anew as such.
  const now = context.connections.find(live.id) ?? live;
  return { ...(await check(context, now)), mended: mended.map(({ about }) => about) };
}
