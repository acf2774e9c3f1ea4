import type { RecordValues } from './crm-field-definitions.ts';
import type { Category, Metric } from './scale.ts';

/** What a panel in a vendor's pages says of a contact. */
export type PanelContent = {
  language: { tag: string; direction: 'ltr' | 'rtl' };
  /** Whether we know the contact at all. */
  known: boolean;
  /** What should stand on their records. */
  values: RecordValues;
  /** Their latest answers, the newest first. */
  history: readonly PanelAnswer[];
  /** Whether and from when they may be asked, in words too. */
  next: {
    when: 'now' | 'from' | 'never' /** As `answeredAt`. */;
    from: string | null;
    reason: string;
    sentence: string;
  };
  doNotSurvey: boolean;
  /** The host of the account's own pages, where links to its tickets lead; absent until the vendor has told it. */
  host?: string;
  /** What came of the button that was pressed, in words. */
  outcome?: { verdict: 'asked' | 'waiting' | 'skipped'; reason: string; sentence: string };
};

export type PanelAnswer = {
  metric: Metric;
  rating: number;
  /** The highest point of the scale. */
  highest: number;
  category: Category;
  comment: string | null;
  /** ISO 8601, with the offset of the workspace's time zone: its first ten characters are the day there. */
  answeredAt: string;
  /** The key of the survey. */
  survey: string;
  /** `system` is the vendor's title; `here` says whether it is the one that the panel stands in. */
  ticket: { id: string; system: string; here: boolean } | null;
  /** Whether it stands on the record; otherwise somebody took it off. */
  counts: boolean;
};
