import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Figures, Report } from '../api/reports.ts';

export type OfMetric = Report['metrics'][number];
export type Score = Figures['scores'][number];
export type ScoreEstimate = Score['score'];

/** NPS is a whole number from −100 to 100, shares are percents, and means have one place after the point. */
export function useNumbers() {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
    const signed = new Intl.NumberFormat(language, { maximumFractionDigits: 0, signDisplay: 'exceptZero' });
    const mean = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const signedMean = new Intl.NumberFormat(language, {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
      signDisplay: 'exceptZero',
    });
    const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
    const isNps = (metric: Score['metric']) => metric === 'nps';
    return {
      count: (value: number) => whole.format(value),
      share: (value: number) => percent.format(value),
      score: (metric: Score['metric'], value: number) => (isNps(metric) ? whole : mean).format(value),
      change: (metric: Score['metric'], by: number) => (isNps(metric) ? signed : signedMean).format(by),
    };
  }, [language]);
}
