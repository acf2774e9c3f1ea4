export {
  countUnwritten,
  findRecordIds,
  findRecordLink,
  markAllOutOfSync,
  markForClearing,
  markUnfinished,
  markWritten,
  moveRecordLink,
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
