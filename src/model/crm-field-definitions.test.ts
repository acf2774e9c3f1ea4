import { describe, expect, test } from 'vitest';
import { doNotSurveyKey, fieldGroup, fieldMark, type RecordField, recordFields } from './crm-field-definitions.ts';

/** Workflows, triggers and lists of other people's accounts rely on these: a changed line breaks them. */
const reliedOn: Readonly<Record<string, RecordField['type']>> = {
  nps_latest_rating: 'number',
  nps_latest_category: 'choice',
  nps_latest_comment: 'long_text',
  nps_latest_date: 'timestamp',
  nps_response_count: 'number',
  nps_previous_rating: 'number',
  nps_trend: 'choice',
  nps_latest_survey: 'text',
  nps_latest_ticket: 'text',
  nps_latest_agent: 'text',
  csat_latest_rating: 'number',
  csat_latest_scale: 'number',
  csat_latest_category: 'choice',
  csat_latest_comment: 'long_text',
  csat_latest_date: 'timestamp',
  csat_latest_survey: 'text',
  csat_response_count: 'number',
  ces_latest_rating: 'number',
  ces_latest_scale: 'number',
  ces_latest_category: 'choice',
  ces_latest_comment: 'long_text',
  ces_latest_date: 'timestamp',
  ces_latest_survey: 'text',
  ces_response_count: 'number',
  feedback_last_change: 'choice',
  feedback_last_asked_date: 'timestamp',
  feedback_at_risk: 'flag',
  feedback_advocate: 'flag',
  feedback_flag_reason: 'text',
  feedback_do_not_survey: 'flag',
};

const options: Readonly<Record<string, readonly string[]>> = {
  nps_latest_category: ['promoter', 'passive', 'detractor'],
  nps_trend: ['up', 'same', 'down', 'first'],
  csat_latest_category: ['positive', 'neutral', 'negative'],
  ces_latest_category: ['easy', 'neutral', 'hard'],
  feedback_last_change: ['answered', 'corrected', 'retracted', 'merged', 'imported'],
};

describe('the fields on a record', () => {
  test('have the names and types that outsiders rely on, and no others', () => {
    expect(Object.fromEntries(recordFields.map(({ key, type }) => [key, type]))).toEqual(reliedOn);
  });

  test('have the options that outsiders branch on', () => {
    const choices = recordFields.filter((field) => field.type === 'choice');

    expect(Object.fromEntries(choices.map((field) => [field.key, field.options.map(({ value }) => value)]))).toEqual(
      options,
    );
  });

  test.each([
    ['key', (field: RecordField) => field.key],
    ['label', (field: RecordField) => field.label],
  ])('have each its own %s', (_, of) => {
    expect(new Set(recordFields.map(of)).size).toBe(recordFields.length);
  });

  test.each(recordFields)('$key is explained to whoever finds it', ({ label, description }) => {
    expect(label).not.toBe('');
    expect(`${description} ${fieldMark}`).toMatch(/^[A-Z].+\. Kept by Scoreback\.$/u);
  });

  test('stand in the group that outsiders know', () => {
    expect(fieldGroup.key).toBe('nps_feedback');
  });

  test('the one that people own is a flag', () => {
    expect(recordFields.find(({ key }) => key === doNotSurveyKey)?.type).toBe('flag');
  });
});
