/** What this card is made out to. */
export type Settings = {
  /** Where Scoreback answers. */
  url: string;
  /** What our fields are called in this account, by our key, where it is not the same. */
  names: Readonly<Record<string, string>>;
  words: Readonly<Record<string, Words>>;
};

/** What agents read, in one language. */
export type Words = {
  title: string;
  rating: string;
  previous: string;
  trend: Readonly<Record<string, string>>;
  count: string;
  history: string;
  ticket: string;
  retracted: string;
  noAnswer: string;
  unknownContact: string;
  noFields: string;
  loading: string;
  slow: string;
  refused: string;
  failed: string;
  retry: string;
  ask: string;
  doNotSurvey: string;
  allow: string;
  options: Readonly<Record<string, string>>;
  flags: Readonly<Record<string, string>>;
};

/** What Scoreback answers; see “Agent panel endpoints” in its `docs/api.md`. */
export type PanelAnswer = {
  known: boolean;
  properties: Readonly<Record<string, string>>;
  history: readonly GivenAnswer[];
  next: { when: 'now' | 'from' | 'never'; sentence: string };
  doNotSurvey: boolean;
  /** Absent until HubSpot has told it. */
  host?: string;
  outcome?: { sentence: string };
};

export type GivenAnswer = {
  metric: string;
  rating: number;
  highest: number;
  category: string;
  comment: string | null;
  answeredAt: string;
  ticket: { id: string; system: string; here: boolean } | null;
  counts: boolean;
};

/** Where the card stands, and who looks. */
export type Place = {
  user: { language?: string | undefined; locale?: string | undefined };
  portal: { id: number };
  crm: { objectId: number; objectTypeId: string };
};

export const ticketType = '0-5';

/**
 * Their own language or English; Norwegian is one of its two written ones. Never in another script: who reads
 * Traditional Chinese is not shown Simplified.
 */
export function panelLanguage({ user }: Place, { words }: Settings): string {
  const request = scriptOf((user.language ?? user.locale ?? 'en').replaceAll('_', '-'));
  const { language = 'en', script } = request ?? {};
  const tags = [`${language}-${script}`, { no: 'nb', nn: 'nb' }[language] ?? language];
  return tags.find((tag) => words[tag] && scriptOf(tag)?.script === script) ?? 'en';
}

function scriptOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
}

/** The page of a ticket in HubSpot, at the host that the account says is its own (`app-eu1.hubspot.com`). */
export function ticketLink({ portal }: Place, host: string, ticketId: string): string {
  return `https://${host}/contacts/${portal.id}/record/${ticketType}/${ticketId}`;
}

export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
}
