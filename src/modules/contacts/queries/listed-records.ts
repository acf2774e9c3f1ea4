import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { RecordOutcome } from '../../../model/messages/write-outcome.ts';
import { connection } from '../../connections/tables.ts';
import { crmFields, recordLink } from '../../records/tables.ts';

export type RecordLinkShown = {
  connector: string;
  connection: string;
  record: string | null;
  state: (typeof recordLink.state.enumValues)[number];
  outcome: RecordOutcome | null;
  upToDate: boolean;
};

/** A contact's record links, each with what became of it; names of its own, so that it may stand in any list. */
export function listContactRecords(contactId: PgColumn): SQL<RecordLinkShown[]> {
  return sql`(
    select coalesce(json_agg(json_build_object('connector', k.connector, 'connection', k.id, 'record', c.record_id,
             'state', c.state, 'outcome', c.outcome,
             'upToDate', coalesce(c.written_revision = s.revision, false)) order by k.created_at), '[]'::json)
    from ${recordLink} c join ${connection} k on k.id = c.connection_id left join ${crmFields} s on s.contact_id = c.contact_id
    where c.contact_id = ${contactId})`;
}
