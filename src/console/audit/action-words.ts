import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { english } from '../words/english.ts';

/** The codes of what can be done, `team.invite` and the like, as they are nested in the words. */
const codes = Object.entries(english.audit.actions).flatMap(([noun, verbs]) =>
  Object.keys(verbs).map((verb) => `${noun}.${verb}`),
);

/** What was done, in words; a code that has none stands for itself. */
export function useActionWords() {
  const { t } = useTranslation('audit');
  return useMemo(() => {
    const saidOf = (code: string) => (codes.includes(code) ? String(t(`actions.${code}` as never)) : code);
    const all = codes
      .map((value) => ({ value, label: saidOf(value) }))
      .sort((one, other) => one.label.localeCompare(other.label));
    return { saidOf, all };
  }, [t]);
}
