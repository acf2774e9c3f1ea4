import { useTranslation } from 'react-i18next';
import { useChangeMe, useMe } from '../api/me.ts';
import { tellFailure } from '../parts/tell.ts';
import { type ConsoleLanguage, languages } from '../words/words.ts';

/** Light, dark or as the device: chosen in the menu and on one's account's page, kept with the account. */
export function useColorChoice() {
  const { t } = useTranslation('shell');
  const { user } = useMe();
  const { mutate } = useChangeMe();
  return {
    value: user?.colorScheme ?? 'auto',
    data: (['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`colors.${value}`) })),
    onChange: (chosen: string) =>
      mutate({ colorScheme: chosen === 'light' || chosen === 'dark' ? chosen : null }, { onError: tellFailure }),
  };
}

const asBrowser = 'browser';

/** One of the console's languages, or what the browser asks for. */
export function useLanguageChoice() {
  const { t } = useTranslation('shell');
  const { user } = useMe();
  const { mutate } = useChangeMe();
  return {
    value: user?.language ?? asBrowser,
    data: [
      { value: asBrowser, label: t('languageOfBrowser') },
      ...Object.entries(languages).map(([value, label]) => ({ value, label })),
    ],
    onChange: (chosen: string | null) =>
      mutate(
        { language: chosen === null || chosen === asBrowser ? null : (chosen as ConsoleLanguage) },
        { onError: tellFailure },
      ),
  };
}
