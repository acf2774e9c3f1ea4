import { useTranslation } from 'react-i18next';
import { netPromoterScore } from '../../modules/reports/statistics.ts';
import { useCounts } from './counts.ts';
import { NumberField } from './number-field.tsx';
import { numbersIn } from './numbers.ts';
import { Result } from './result.tsx';
import { TwoSides } from './two-sides.tsx';

const kinds = ['promoters', 'passives', 'detractors'] as const;

export function NpsCalculator() {
  const { t, i18n } = useTranslation('calculators');
  const counts = useCounts();
  const [promoters, passives, detractors] = [counts.count(kinds[0]), counts.count(kinds[1]), counts.count(kinds[2])];
  return (
    <TwoSides
      fields={kinds.map((kind) => (
        <NumberField key={kind} of={kind} counts={counts} label={t(`nps.${kind}`)} says={t(`nps.${kind}Says`)} />
      ))}
      result={
        <Result
          title={t('nps.label')}
          of={netPromoterScore({ promoters, passives, detractors })}
          answers={promoters + passives + detractors}
          lowest={-100}
          highest={100}
          say={numbersIn(i18n.language).whole}
          meaning={(range) => t('nps.meaning', range)}
          formula={t('nps.formula')}
        />
      }
    />
  );
}
