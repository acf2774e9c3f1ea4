import { useDebouncedCallback } from '@mantine/hooks';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../api/call.ts';
import { queries } from '../api/queries.ts';
import { noteSurvey, type SurveyItem, surveyQuery } from '../api/surveys.ts';
import { type Changes, createDraft, type Draft, type DraftState } from './draft.ts';

/** The survey as one writes it; it is saved a moment after the last change, and when the page is left. */
export function useDraft(item: SurveyItem) {
  const { key } = item;
  const [draft] = useState<Draft>(() =>
    createDraft(item, async (changes, revision) => {
      const answered = await call<SurveyItem>('PATCH', `/surveys/${key}`, { body: changes, query: { revision } });
      noteSurvey(answered);
      return answered;
    }),
  );
  const state: DraftState = useSyncExternalStore(draft.subscribe, draft.state);
  useEffect(() => draft.receive(item), [draft, item]);

  const saveSoon = useDebouncedCallback(() => void draft.save(), 700);
  const change = useCallback(
    (changes: Changes) => {
      draft.change(changes);
      saveSoon();
    },
    [draft, saveSoon],
  );
  useEffect(() => () => void draft.save(), [draft]);
  const isUnsaved = state.status !== 'saved';
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isUnsaved]);

  const readAgain = () => queries.fetchQuery({ ...surveyQuery(key), staleTime: 0 });
  return {
    state,
    change,
    saveNow: () => draft.save(),
    takeTheirs: async () => draft.giveUp(await readAgain()),
    keepMine: async () => draft.insist(await readAgain()),
  };
}
