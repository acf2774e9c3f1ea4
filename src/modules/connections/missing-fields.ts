import type { Inspection } from '../../connector.ts';
import type { FieldProfile } from '../../model/account-fields.ts';
import { recordFields } from '../../model/crm-field-definitions.ts';
import type { Finding } from '../../model/messages/finding.ts';

/** Our keys of the fields that the last check found missing or not fitting, in the order in which an admin sees them. */
export function missingFields(findings: readonly Finding[]): readonly string[] {
  const found = new Set(findings.flatMap(keysIn));
  return recordFields.map(({ key }) => key).filter((key) => found.has(key));
}

function keysIn({ about, state, fields = [] }: Finding): readonly string[] {
  const isUnfit = state === 'missing' || state === 'blocked';
  return about.kind === 'field' && isUnfit ? [about.field] : fields;
}

/** Which fields the account gets: as an admin chose, else all, unless the last check found no room for them. */
export function chooseProfile(chosen: FieldProfile | null, findings: readonly Finding[]): FieldProfile {
  const hasNoRoom = findings.some(({ about, state }) => about.kind === 'fields' && state === 'blocked');
  return chosen ?? (hasNoRoom ? 'core' : 'full');
}

/** Whether fields that were missing at the last check are there now: whatever was written meanwhile lacks them. */
export function hasNewFields(before: readonly Finding[], now: Inspection): boolean {
  if (now.account === undefined) return false;
  const missing = new Set(missingFields(now.findings));
  return missingFields(before).some((key) => !missing.has(key));
}
