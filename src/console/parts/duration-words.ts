import { useTranslation } from 'react-i18next';
import { readLength } from './duration.ts';

/** Says `PT24H` as "24 hours". */
export function useDurationWords(): (duration: string) => string {
  const { t } = useTranslation('parts');
  return (duration) => {
    const { count, unit } = readLength(duration);
    return t(`lengths.${unit}`, { count });
  };
}
