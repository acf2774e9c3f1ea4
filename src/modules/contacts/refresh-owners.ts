import type { ContactSnapshot } from '../../model/contact.ts';
import { UpstreamBusy, UpstreamRefused } from '../../model/errors.ts';
import type { LiveConnection } from '../connections/index.ts';
import type { ContactsContext } from './context.ts';
import { noteMissing } from './note-missing.ts';
import { ensureContact } from './queries/recognize.ts';
import { findRecordsByAddress } from './queries/record-addresses.ts';

/**
 * Call it before records are linked that may be seen for the first time. An address makes a new record somebody's only
 * while it is theirs: the records by which it is are read again, so that one that has moved on without anybody telling
 * us is given up first. Where their system does not answer, what is known stands.
 *
 * @returns the connections that have something to write
 */
export async function refreshOwners(
  context: ContactsContext,
  of: { workspaceId: string; connectionId: string },
  records: readonly ContactSnapshot[],
): Promise<readonly string[]> {
  const { database, clock } = context;
  const outOfSync: string[] = [];
  const owning = await findRecordsByAddress(database.db, of, records);
  for (const [connectionId, links] of Map.groupBy(owning, (link) => link.connectionId)) {
    const live = context.connections.find(connectionId);
    const ids = links.map(({ recordId }) => recordId);
    const found = live ? await findIfPossible(context, live, ids) : [];
    for (const record of found.filter(({ id }) => ids.includes(id))) {
      const recognized = await database.transaction((tx) =>
        ensureContact(tx, { workspaceId: of.workspaceId, connectionId }, record, clock()),
      );
      outOfSync.push(...recognized.outOfSync);
    }
  }
  return outOfSync;
}

async function findIfPossible(
  context: ContactsContext,
  { id, capabilities: { contacts } }: LiveConnection,
  ids: readonly string[],
): Promise<readonly ContactSnapshot[]> {
  if (!contacts) return [];
  try {
    const found: ContactSnapshot[] = [];
    for (let from = 0; from < ids.length; from += contacts.batchSize) {
      const asked = ids.slice(from, from + contacts.batchSize);
      const shown = await contacts.find({ ids: asked });
      await noteMissing(context, id, { asked, found: shown.map((record) => record.id) });
      found.push(...shown);
    }
    return found;
  } catch (failure) {
    if (!(failure instanceof UpstreamBusy || failure instanceof UpstreamRefused)) throw failure;
    context.log.warn(
      { code: 'record.refresh_failed', err: failure, connection: id },
      'Records could not be read again before others were linked.',
    );
    return [];
  }
}
