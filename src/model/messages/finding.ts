import type { ConnectorMessage, FailureMessage } from './failure-message.ts';
import type { Message, NoParameters } from './message.ts';

/** What was looked at in a connected account. */
export type FindingAbout =
  | { kind: 'credentials' | 'account' | 'webhook' }
  /** A right that the account's system gives to programs, by the system's own name. */
  | { kind: 'right'; right: string }
  /** A field of ours, by our key. */
  | { kind: 'field'; field: string }
  /** All our fields on contacts, or on tickets. */
  | { kind: 'fields' | 'ticket_fields' };

/** What was found, as far as the catalog of the service says it. */
export type OwnFindingMessage =
  | Message<'fine' | 'created' | 'repaired' | 'removed', NoParameters>
  | Message<'refused', { why: FailureMessage }>
  | Message<'field.missing' | 'field.removed', { name: string }>
  | Message<'field.options_missing', { name: string; options: readonly string[] }>
  | Message<'fields.left_out', { count: number }>;

export type FindingMessage = OwnFindingMessage | ConnectorMessage;

/** `blocked` needs a person; `missing` is what `ensure` repairs; `removed` is what `remove` has taken away. */
export type FindingState = 'fine' | 'created' | 'repaired' | 'missing' | 'blocked' | 'removed';

/** What was found of one thing in a connected account; for `missing` and `blocked` its sentence says what to do. */
export type Finding = FindingMessage & {
  about: FindingAbout;
  state: FindingState;
  /** Our keys of the fields that it is about, where they are several: the account does without them. */
  fields?: readonly string[];
};

/** Names one of our fields as what was looked at. */
export function aboutField({ key }: { key: string }): FindingAbout {
  return { kind: 'field', field: key };
}

/** A finding that is said by its state alone. */
export function plainFinding(about: FindingAbout, state: 'fine' | 'created' | 'repaired' | 'removed'): Finding {
  return { about, state, code: state, params: {} };
}

/** A finding that needs a person, because the account's system refuses something. */
export function refusedFinding(about: FindingAbout, why: FailureMessage): Finding {
  return { about, state: 'blocked', code: 'refused', params: { why } };
}

/** Whether two findings are about the same. */
export function isSameAbout(one: FindingAbout, other: FindingAbout): boolean {
  return nameFinding(one) === nameFinding(other);
}

/** One finding for each thing that was looked at, the worst of them. */
export function worstOfEach(findings: readonly Finding[]): readonly Finding[] {
  const worst = new Map<string, Finding>();
  for (const finding of findings) {
    const name = nameFinding(finding.about);
    if (worst.get(name)?.state !== 'blocked') worst.set(name, finding);
  }
  return [...worst.values()];
}

/** Tells one thing from another, in code and in the log: `field nps_latest_rating`. */
export function nameFinding(about: FindingAbout): string {
  if (about.kind === 'field') return `field ${about.field}`;
  return about.kind === 'right' ? `right ${about.right}` : about.kind;
}
