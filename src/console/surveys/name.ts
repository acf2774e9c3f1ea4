import type { SurveyItem } from '../api/surveys.ts';

/** What people call it; its key where they call it nothing. */
export const showSurveyName = ({ name, key }: Pick<SurveyItem, 'name' | 'key'>): string => name ?? key;

/** A draft that says something else than what was published. */
export const hasNews = ({ draft, published }: SurveyItem): boolean =>
  draft !== null && published !== null && JSON.stringify(draft) !== JSON.stringify(published);

/** "Support satisfaction" as a key: `support-satisfaction`. */
export function keyFrom(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, 64)
    .replace(/-+$/u, '');
}
