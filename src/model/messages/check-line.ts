import type { FindingAbout, FindingMessage } from './finding.ts';
import type { Message, NoParameters } from './message.ts';

/** What an operator's look at a connection is about, beyond its account. */
export type CheckAbout =
  | FindingAbout
  | { kind: 'clock' | 'last_event' | 'backlog' | 'failed_records' | 'asking' | 'writing' | 'rate_limit' };

/** What is said of a connection besides what was found in its account. */
export type CheckMessage =
  | Message<'clock.agrees' | 'events.none' | 'asking.paused' | 'writing.paused', NoParameters>
  | Message<'clock.differs', { difference: string }>
  | Message<'events.last', { ago: string }>
  | Message<'backlog', { toRead: number; toWrite: number }>
  | Message<'records.failed' | 'calls.left', { count: number }>
  | Message<'calls.wait', { until: string }>;

/** What the end of a connection means for whoever works with it. */
export type EndingMessage =
  | Message<'ending.fields', { kind: 'keep' | 'remove'; system: string }>
  | Message<'ending.fields_cleared', { system: string; count: number }>
  | Message<'ending.answers_stay', NoParameters>
  | Message<'ending.keys', { kind: 'environment' } | { kind: 'forgotten'; system: string }>;

/** What was looked at, as the title of what was found. */
export type AboutMessage = Message<'about', CheckAbout>;

/** One thing that was looked at: fine, or something that needs a person, or worth knowing. */
export type CheckLine = (FindingMessage | CheckMessage) & {
  about: CheckAbout;
  state: 'fine' | 'note' | 'attention';
  /** Whether a repair mends it. */
  repairable: boolean;
};
