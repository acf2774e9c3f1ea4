import { createContext, useContext } from 'react';
import type { PublishedContent } from '../api/surveys.ts';
import type { Changes } from './draft.ts';

type Editing = {
  content: PublishedContent;
  problems: Readonly<Record<string, string>>;
  /** It is kept in a file, or who looks at it may not change it. */
  isReadOnly: boolean;
  /** It was published: its metric and scale stay. */
  isPublished: boolean;
  change: (changes: Changes) => void;
};

export const EditingContext = createContext<Editing | undefined>(undefined);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) throw new Error('there is no survey around this');
  return editing;
}

type PartName = 'texts' | 'branding' | 'audience' | 'timing' | 'followUp' | 'delivery';

/** One part of the survey: what it says, how to change some of it, and what is wrong with its fields. */
export function usePart<Name extends PartName>(name: Name) {
  const { content, problems, isReadOnly, change } = useEditing();
  const part = content[name];
  return {
    part,
    isReadOnly,
    /** What is `undefined` is left out. */
    set: (changes: { [Key in keyof PublishedContent[Name]]?: PublishedContent[Name][Key] | undefined }) =>
      change({ [name]: withoutNothing({ ...part, ...changes }) } as Changes),
    problemOf: (path: string): string | undefined => problems[`${name}.${path}`],
  };
}

/** Leaves out what is nothing: the API takes what is not there for what is usual. */
export function withoutNothing<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, of]) => of !== undefined)) as Value;
}
