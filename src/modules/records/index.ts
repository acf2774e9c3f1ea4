/**
 * CRM fields and record links: what should stand on the records of a contact, which records these are, and what was
 * last written. Owns the tables `crm_fields` and `record_link`. Contacts and write-back change them through it.
 */
export {
  countUnwritten,
  findRecordIds,
  findRecordLink,
  inSync,
  markAllOutOfSync,
  markForClearing,
  markUnfinished,
  markWritten,
  moveRecordLink,
  outOfSyncBefore,
  postponeRecordLinks,
  type RecordLinkRow,
  updateRecordLinks,
} from './queries/record-links.ts';
export {
  ensureRecordLinks,
  type FoundRecord,
  linkRecord,
  linkRequested,
  requestAllRecords,
} from './queries/records.ts';
