import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';

/**
 * Days and times as the workspace's own clock shows them, in the reader's language: a response stands under the same day
 * here, in reports, in files and on the records, wherever its reader sits.
 */
export function useClock() {
  const { i18n } = useTranslation();
  const { timeZone } = useMe();
  return useMemo(() => {
    const format = (options: Intl.DateTimeFormatOptions) => {
      const { format: write } = new Intl.DateTimeFormat(i18n.language, { ...options, timeZone });
      return (at: string) => write(new Date(at));
    };
    return {
      /** 29 November 2026 */
      day: format({ dateStyle: 'long' }),
      /** 17:30 */
      time: format({ timeStyle: 'short' }),
      /** To the second, with the time zone. */
      exact: format({ dateStyle: 'full', timeStyle: 'long' }),
      /** The day that it is now, as `2026-11-29`. */
      today: () => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date()),
    };
  }, [i18n.language, timeZone]);
}
