import { useTranslation } from 'react-i18next';
import { proportion } from '../../modules/reports/statistics.ts';
import { useCounts } from './counts.ts';
import { NumberField } from './number-field.tsx';
import { numbersIn } from './numbers.ts';
import { Result } from './result.tsx';
import { TwoSides } from './two-sides.tsx';

export function CsatCalculator() {
  const { t, i18n } = useTranslation('calculators');
  const counts = useCounts();
  const [satisfied, others] = [counts.count('satisfied'), counts.count('others')];
  return (
    <TwoSides
      fields={(['satisfied', 'others'] as const).map((kind) => (
        <NumberField key={kind} of={kind} counts={counts} label={t(`csat.${kind}`)} says={t(`csat.${kind}Says`)} />
      ))}
      result={
        <Result
          title={t('csat.label')}
          of={proportion(satisfied, satisfied + others)}
          answers={satisfied + others}
          lowest={0}
          highest={1}
          say={numbersIn(i18n.language).percent}
          meaning={(range) => t('csat.meaning', range)}
          formula={t('csat.formula')}
        />
      }
    />
  );
}
