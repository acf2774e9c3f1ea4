export {
  countUnwritten,
  findRecordIds,
  findRecordLink,
  markAllBehind,
  markForClearing,
  markUnfinished,
  markWritten,
  moveRecordLink,
  postponeRecordLinks,
  type RecordLinkRow,
  updateRecordLinks,
} from './queries/record-links.ts';
export { ensureRecordLinks, type FoundRecord, linkRecord, linkRequested, wishForAll } from './queries/records.ts';
