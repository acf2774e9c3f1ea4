import { isProblem, problemsByField } from '../api/problem.ts';
import { type PublishedContent, type SurveyItem, shownContent } from '../api/surveys.ts';

export type Changes = Partial<PublishedContent>;

export type DraftState = {
  /** As it stands in the form. */
  content: PublishedContent;
  /** `saved`: the server has it; `refused`: something in it cannot be; `conflict`: somebody else changed it. */
  status: 'saved' | 'changed' | 'saving' | 'refused' | 'conflict' | 'failed';
  /** What the server says of fields, by `part.field`. */
  problems: Readonly<Record<string, string>>;
  failure: unknown;
};

/** Keeps a survey that is being written, and saves it by itself: what is live is another version, and stays as it is. */
export type Draft = {
  state: () => DraftState;
  subscribe: (listener: () => void) => () => void;
  change: (changes: Changes) => void;
  save: () => Promise<void>;
  /** Takes what the server has, unless there is something here that it does not have yet. */
  receive: (item: SurveyItem) => void;
  /** Takes what the server has, and gives up what stands here. */
  giveUp: (item: SurveyItem) => void;
  /** Goes on from what the server has with what stands here. */
  insist: (item: SurveyItem) => Promise<void>;
};

export function createDraft(
  item: SurveyItem,
  send: (changes: Changes, revision: string) => Promise<SurveyItem>,
): Draft {
  let saved = shownContent(item);
  let revision = item.revision;
  let state: DraftState = { content: saved, status: 'saved', problems: {}, failure: undefined };
  const listeners = new Set<() => void>();

  function become(next: Partial<DraftState>) {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function note(answered: SurveyItem) {
    saved = shownContent(answered);
    revision = answered.revision;
  }

  async function save(): Promise<void> {
    if (state.status === 'saving' || state.status === 'conflict') return;
    const sent = state.content;
    const changes = changedParts(saved, sent);
    if (Object.keys(changes).length === 0) {
      if (state.status !== 'saved') become({ status: 'saved', problems: {}, failure: undefined });
      return;
    }
    become({ status: 'saving' });
    try {
      note(await send(changes, revision));
    } catch (failure) {
      const status = isProblem(failure, 409) ? 'conflict' : isRefusal(failure) ? 'refused' : 'failed';
      become({ status, problems: problemsByField(failure), failure });
      return;
    }
    const isSame = state.content === sent;
    become({ status: isSame ? 'saved' : 'changed', problems: {}, failure: undefined });
    if (!isSame) await save();
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(changes) {
      const status = state.status === 'saving' || state.status === 'conflict' ? state.status : 'changed';
      become({ content: { ...state.content, ...changes }, status });
    },
    save,
    receive(arrived) {
      if (state.status !== 'saved' || arrived.revision === revision) return;
      note(arrived);
      become({ content: saved });
    },
    giveUp(arrived) {
      note(arrived);
      become({ content: saved, status: 'saved', problems: {}, failure: undefined });
    },
    insist(arrived) {
      const mine = changedParts(saved, state.content);
      note(arrived);
      become({ content: { ...saved, ...mine }, status: 'changed' });
      return save();
    },
  };
}

const isRefusal = (failure: unknown) => isProblem(failure, 400) || isProblem(failure, 422);

/** Each part that says something else than before. */
function changedParts(before: PublishedContent, after: PublishedContent): Changes {
  const names = Object.keys(after) as (keyof PublishedContent)[];
  return Object.fromEntries(
    names
      .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      .map((name) => [name, after[name]]),
  );
}
