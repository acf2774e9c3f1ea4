import { useMutation, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { z } from 'zod';
import type { surveyItem } from '../../modules/surveys/routes/surveys.ts';
import type { wordingItem } from '../../modules/surveys/routes/wording.ts';
import type { SurveyTemplate } from '../../modules/surveys/template.ts';
import { call } from './call.ts';
import type { WrongField } from './problem.ts';
import { queries } from './queries.ts';

export type SurveyItem = z.output<typeof surveyItem>;
export type PublishedContent = NonNullable<SurveyItem['published']>;
export type SurveyMetric = SurveyItem['metric'];
type Wording = z.output<typeof wordingItem>;
export type Version = { version: number; publishedAt: string; content: PublishedContent };

/** What came of one in the last 90 days. */
export type SurveyFigures = { scores: readonly { answers: number; score: { value: number } }[] };

type Items<Item> = { items: readonly Item[] };

export const surveysQuery = {
  queryKey: ['surveys'],
  queryFn: () => call<Items<SurveyItem>>('GET', '/surveys'),
};

/** The keys of all surveys, to choose from. */
export function useSurveyKeys(): readonly string[] {
  const { data } = useQuery(surveysQuery);
  return useMemo(() => data?.items.map(({ key }) => key) ?? [], [data]);
}

/** What a survey is called, by its key. */
export function useSurveyNames(): (key: string) => string {
  const { data } = useQuery(surveysQuery);
  return useMemo(() => {
    const names = new Map(data?.items.map(({ key, name }) => [key, name ?? key]));
    return (key) => names.get(key) ?? key;
  }, [data]);
}

export const surveyQuery = (key: string) => ({
  queryKey: ['surveys', key],
  queryFn: () => call<SurveyItem>('GET', `/surveys/${key}`),
});

export const templatesQuery = {
  queryKey: ['templates'],
  queryFn: () => call<Items<SurveyTemplate>>('GET', '/templates'),
  staleTime: Number.POSITIVE_INFINITY,
};

/** Every language that a survey may ask in, with the standard wording. */
export const wordingQuery = (metric: SurveyMetric) => ({
  queryKey: ['wording', metric],
  queryFn: () => call<Items<Wording>>('GET', '/wording', { query: { metric } }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const problemsQuery = (key: string) => ({
  queryKey: ['surveys', key, 'problems'],
  queryFn: () => call<Items<WrongField>>('GET', `/surveys/${key}/problems`),
  staleTime: 0,
});

export const versionsQuery = (key: string) => ({
  queryKey: ['surveys', key, 'versions'],
  queryFn: () => call<Items<Version>>('GET', `/surveys/${key}/versions`),
});

/** What a survey says as it is being worked on. */
export function shownContent({ draft, published }: SurveyItem): PublishedContent {
  const content = draft ?? published;
  if (!content) throw new Error('a survey that says nothing');
  return content;
}

/** Shows one as it was just answered, and lets everything else that tells of surveys look again. */
export function noteSurvey(item: SurveyItem): void {
  queries.setQueryData(surveyQuery(item.key).queryKey, item);
  void queries.invalidateQueries({ queryKey: ['surveys'], exact: true });
  void queries.invalidateQueries({ queryKey: ['surveys', item.key, 'problems'] });
  void queries.invalidateQueries({ queryKey: ['surveys', item.key, 'versions'] });
}

export function useMakeSurvey() {
  return useMutation({
    mutationFn: (body: object) => call<SurveyItem>('POST', '/surveys', { body }),
    onSuccess: noteSurvey,
  });
}

type Turn = 'publish' | 'pause' | 'resume' | 'unpublish';

export function useTurn(key: string) {
  return useMutation({
    mutationFn: (turn: Turn) => call<SurveyItem>('POST', `/surveys/${key}/${turn}`),
    onSuccess: noteSurvey,
  });
}

export function useChangeSurvey(key: string) {
  return useMutation({
    mutationFn: (body: object) => call<SurveyItem>('PATCH', `/surveys/${key}`, { body }),
    onSuccess: noteSurvey,
  });
}

export function useDeleteSurvey(key: string) {
  return useMutation({
    mutationFn: () => call('DELETE', `/surveys/${key}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['surveys'], exact: true }),
  });
}

export function useArrangeSurveys() {
  return useMutation({
    mutationFn: (keys: readonly string[]) => call('PUT', '/surveys/order', { body: { keys } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['surveys'], exact: true }),
  });
}

/** What came of each in the last 90 days, as it arrives. */
export function useSurveyScores(keys: readonly string[]): ReadonlyMap<string, SurveyFigures> {
  const found = useQueries({
    queries: keys.map((survey) => ({
      queryKey: ['reports', 'summary', { survey }],
      queryFn: () => call<{ total: SurveyFigures }>('GET', '/reports/summary', { query: { survey } }),
      staleTime: 60_000,
    })),
  });
  return new Map(keys.flatMap((key, at) => (found[at]?.data ? [[key, found[at].data.total] as const] : [])));
}
