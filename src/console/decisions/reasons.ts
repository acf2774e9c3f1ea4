import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Every reason there is, in a few words, to choose from. */
export function useReasons(): readonly { value: string; label: string }[] {
  const { t, i18n } = useTranslation('decisions');
  return useMemo(() => {
    const words = t('reasons', { returnObjects: true });
    const compare = new Intl.Collator(i18n.language).compare;
    return Object.entries(words)
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => compare(a.label, b.label));
  }, [t, i18n.language]);
}
