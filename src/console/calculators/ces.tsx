import { useTranslation } from 'react-i18next';
import { meanRating } from '../../modules/reports/statistics.ts';
import { useCounts } from './counts.ts';
import { NumberField } from './number-field.tsx';
import { numbersIn } from './numbers.ts';
import { Result } from './result.tsx';
import { TwoSides } from './two-sides.tsx';

const scale = { metric: 'ces', lowest: 1, highest: 7 } as const;
const ratings = [7, 6, 5, 4, 3, 2, 1] as const;

export function CesCalculator() {
  const { t, i18n } = useTranslation('calculators');
  const counts = useCounts();
  const given = new Map(ratings.map((rating) => [rating, counts.count(`rated${rating}`)] as const));
  const says = (rating: number) =>
    rating === scale.highest ? t('ces.highest') : rating === scale.lowest ? t('ces.lowest') : undefined;
  return (
    <TwoSides
      fields={ratings.map((rating) => {
        const said = says(rating);
        return (
          <NumberField
            key={rating}
            of={`rated${rating}`}
            counts={counts}
            label={t('ces.rated', { rating })}
            {...(said === undefined ? {} : { says: said })}
          />
        );
      })}
      result={
        <Result
          title={t('ces.label')}
          of={meanRating(scale, given)}
          answers={[...given.values()].reduce((sum, count) => sum + count, 0)}
          lowest={scale.lowest}
          highest={scale.highest}
          say={numbersIn(i18n.language).mean}
          meaning={(range) => t('ces.meaning', range)}
          formula={t('ces.formula')}
        />
      }
    />
  );
}
