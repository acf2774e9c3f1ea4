import { useTranslation } from 'react-i18next';
import { type RatingCategory, ratingTone } from '../parts/rating.tsx';
import classes from './home.module.css';
import type { Score } from './numbers.ts';
import { useNumbers } from './numbers.ts';

/** Best first, as one reads. */
const order: Record<Score['metric'], readonly RatingCategory[]> = {
  nps: ['promoter', 'passive', 'detractor'],
  csat: ['positive', 'neutral', 'negative'],
  ces: ['easy', 'neutral', 'hard'],
};

/** How the answers divide: as a bar, and in words beside it. */
export function SplitBar({ of: { metric, split, answers } }: { of: Score }) {
  const { t } = useTranslation('metrics');
  const numbers = useNumbers();
  const parts = order[metric].map((category) => ({ category, count: split[category] ?? 0 }));
  return (
    <div>
      <div className={classes.bar} aria-hidden>
        {parts.map(
          ({ category, count }) =>
            count > 0 && <div key={category} data-tone={ratingTone(category)} style={{ flexGrow: count }} />,
        )}
      </div>
      <ul className={classes.legend}>
        {parts.map(({ category, count }) => (
          <li key={category}>
            <span className={classes.dot} data-tone={ratingTone(category)} aria-hidden />
            <span>{t(`category.${category}`)}</span>
            <span className={classes.amount}>
              {numbers.count(count)} · {numbers.share(answers === 0 ? 0 : count / answers)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
