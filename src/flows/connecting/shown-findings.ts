import type { Finding, Guide } from '../../connector.ts';
import { inLabels } from './keys.ts';

/** A finding as an admin reads it: how bad it is, what it is, and who can mend it. */
export type ShownFinding = {
  subject: string;
  state: Finding['state'];
  severity: 'fine' | 'note' | 'attention';
  what: string;
  /** What to do about it; nothing where nothing has to be done. */
  remedy: string | null;
  /** Whether a repair mends it. */
  repairable: boolean;
};

const inOrder: Readonly<Record<Finding['state'], string>> = {
  fine: 'In order.',
  created: 'Was missing, and has been made.',
  repaired: 'Was not as it has to be, and has been mended.',
  missing: 'Is missing.',
  blocked: 'Is not as it has to be.',
  removed: 'Has been taken away.',
};

/** @param guide where the keys of the connection were filled in by an admin, who knows them by their labels */
export function shown(finding: StoredFinding, guide: Guide | undefined): ShownFinding {
  const { subject, detail, remedy } = finding;
  const state = finding.state as Finding['state'];
  const say = (text: string) => (guide ? inLabels(guide, text) : text);
  const needed = state === 'missing' || state === 'blocked';
  return {
    subject,
    state,
    severity: needed ? 'attention' : state === 'fine' && detail === undefined ? 'fine' : 'note',
    what: say(detail ?? inOrder[state]),
    remedy: remedy === undefined ? (state === 'missing' ? 'Press Repair.' : null) : say(remedy),
    repairable: state === 'missing',
  };
}

/** As the store keeps them. */
export type StoredFinding = Pick<Finding, 'subject' | 'detail' | 'remedy' | 'fields'> & { state: string };

/** What is wrong and what to do, in one line. */
export function inOneLine({ detail, remedy }: Pick<Finding, 'detail' | 'remedy'>): string | undefined {
  const words = [detail, remedy].filter((text) => text !== undefined).join(' ');
  return words === '' ? undefined : words;
}

/** What of all that was found keeps the account from being opened. */
export function whyNotOpened(findings: readonly Finding[]): string {
  const blocked = findings.find(({ state }) => state === 'blocked');
  return inOneLine(blocked ?? {}) ?? 'the account could not be opened';
}
