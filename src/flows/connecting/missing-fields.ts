import type { Inspection } from '../../connector.ts';
import type { FieldProfile } from '../../domain/account-fields.ts';
import { recordFields } from '../../domain/record-fields.ts';
import type { StoredFinding } from './shown-findings.ts';

/** Our keys of the fields that the last check found missing or not fitting, in the order in which an admin sees them. */
export function missingFields(findings: readonly StoredFinding[]): readonly string[] {
  const found = new Set(findings.flatMap(keysIn));
  return recordFields.map(({ key }) => key).filter((key) => found.has(key));
}

function keysIn({ subject, state, fields = [] }: StoredFinding): readonly string[] {
  const isUnfit = state === 'missing' || state === 'blocked';
  return subject.startsWith('field ') && isUnfit ? [subject.slice('field '.length)] : fields;
}

/** Which fields the account gets: as an admin chose, else all, unless the last check found no room for them. */
export function profileOf(chosen: FieldProfile | null, findings: readonly StoredFinding[]): FieldProfile {
  const hasNoRoom = findings.some(({ subject, state }) => subject === 'fields' && state === 'blocked');
  return chosen ?? (hasNoRoom ? 'core' : 'full');
}

/** Whether fields that were missing at the last check are there now: whatever was written meanwhile lacks them. */
export function hasNewFields(before: readonly StoredFinding[], now: Inspection): boolean {
  if (now.account === undefined) return false;
  const missing = new Set(missingFields(now.findings));
  return missingFields(before).some((key) => !missing.has(key));
}
