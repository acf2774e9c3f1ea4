import type { VendorName } from './outside.ts';

/** What has to stand in a field: a value, or what has to be true of it. */
export type Expected = string | number | { words: string; matches(value: unknown): boolean };

export type Expectations = Readonly<Record<string, Expected>>;

/** One field that was looked at; with a complaint, the end of a sentence, when it is not what it should be. */
export type ComparedField = { key: string; value: unknown; complaint?: string };

export type ExpectedAnswer = {
  rating: number;
  category: 'promoter' | 'passive' | 'detractor';
  comment: string;
  ticket: string;
  agent: string;
  survey: string;
  /** Between these two it was sent. */
  from: Date;
  until: Date;
};

const empty: Expected = {
  words: 'nothing',
  matches: (value) => value === undefined || value === null || value === '',
};

/** A first answer, in the vendor's own form. */
export function expectAnswer(vendor: VendorName, answered: ExpectedAnswer): Expectations {
  return vendor === 'hubspot' ? hubspotForm(answered) : zendeskForm(answered);
}

/** Somebody who has been asked and has not answered. */
export const expectUnanswered: Expectations = {
  nps_latest_rating: empty,
  nps_latest_category: empty,
  nps_latest_comment: empty,
  nps_latest_date: empty,
};

/** Somebody who was never asked. */
export const expectNothing: Expectations = { ...expectUnanswered, feedback_last_asked_date: empty };

export function compare(
  record: Readonly<Record<string, unknown>>,
  expectations: Expectations,
): readonly ComparedField[] {
  return Object.entries(expectations).map(([key, expected]) => {
    const value = record[key];
    const { words, matches } =
      typeof expected === 'object'
        ? expected
        : { words: JSON.stringify(expected), matches: (found: unknown) => found === expected };
    if (matches(value)) return { key, value };
    return { key, value, complaint: `is ${JSON.stringify(value) ?? 'not there'}, but should be ${words}` };
  });
}

/** HubSpot stores texts, and instants as ISO 8601. */
function hubspotForm({ rating, category, comment, ticket, agent, survey, from, until }: ExpectedAnswer): Expectations {
  const instant = {
    words: `an instant from ${from.toISOString()} to ${until.toISOString()}`,
    matches: (value: unknown) =>
      typeof value === 'string' && /T.*Z$/u.test(value) && new Date(value) >= from && new Date(value) <= until,
  };
  return {
    nps_latest_rating: String(rating),
    nps_latest_category: category,
    nps_latest_comment: comment,
    nps_latest_date: instant,
    nps_response_count: '1',
    nps_previous_rating: empty,
    nps_trend: 'first',
    nps_latest_survey: survey,
    nps_latest_ticket: containing(ticket),
    nps_latest_agent: agent,
    feedback_last_change: 'answered',
  };
}

/** Zendesk stores numbers, choices with their field's first word before them, and days. */
function zendeskForm({ rating, category, comment, ticket, agent, survey, from, until }: ExpectedAnswer): Expectations {
  const days = [...new Set([from, until].map((date) => date.toISOString().slice(0, 10)))];
  const day = {
    words: `the day ${days.join(' or ')}`,
    matches: (value: unknown) => days.some((date) => value === date || value === `${date}T00:00:00+00:00`),
  };
  return {
    nps_latest_rating: rating,
    nps_latest_category: `nps_${category}`,
    nps_latest_comment: comment,
    nps_latest_date: day,
    nps_response_count: 1,
    nps_previous_rating: empty,
    nps_trend: 'nps_first',
    nps_latest_survey: survey,
    nps_latest_ticket: containing(ticket),
    nps_latest_agent: agent,
    feedback_last_change: 'change_answered',
  };
}

function containing(part: string): Expected {
  return { words: `a text with ${part} in it`, matches: (value) => typeof value === 'string' && value.includes(part) };
}
