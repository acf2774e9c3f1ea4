import type { Guide } from '../../connector.ts';
import type { FailureMessage } from '../../model/messages/failure-message.ts';
import type { Finding } from '../../model/messages/finding.ts';
import { withSettingLabels } from './setting-labels.ts';

/** How bad a finding is. */
export type Severity = 'fine' | 'note' | 'attention';

/** A finding as an admin reads it: how bad it is, what it is, and who can mend it. */
export type ShownFinding = Finding & {
  severity: Severity;
  /** Whether a repair mends it. */
  repairable: boolean;
};

/** @param guide where the keys of the connection were filled in by an admin, who knows them by their labels */
export function shown(finding: Finding, guide: Guide | undefined): ShownFinding {
  const repairable = finding.state === 'missing';
  return { ...withSettingLabels(finding, guide), severity: severityOf(finding), repairable };
}

function severityOf({ state, code }: Finding): Severity {
  if (state === 'missing' || state === 'blocked') return 'attention';
  return code === 'fine' ? 'fine' : 'note';
}

/** What of all that was found keeps the account from being opened. */
export function whyNotOpened(findings: readonly Finding[]): FailureMessage {
  const refused = findings.flatMap((finding) => (finding.code === 'refused' ? [(finding as Refused).params.why] : []));
  return refused[0] ?? { code: 'account.unopened', params: {} };
}

type Refused = Extract<Finding, { code: 'refused' }>;
