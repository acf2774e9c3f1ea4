import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClock } from './clock.ts';

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago, or how soon, in the reader's language. */
function relative(at: Date, language: string): string {
  const seconds = Math.round((at.getTime() - Date.now()) / 1000);
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  return words.format(0, 'second');
}

/** A moment as one says it, with the exact one for whoever stays on it. */
export function Timestamp({ at }: { at: string | null }) {
  const { i18n, t } = useTranslation('parts');
  const { exact } = useClock();
  if (at === null) return <>{t('none')}</>;
  const timestamp = new Date(at);
  return (
    <Tooltip label={exact(at)}>
      <time dateTime={at} style={{ whiteSpace: 'nowrap' }}>
        {relative(timestamp, i18n.language)}
      </time>
    </Tooltip>
  );
}
