import { useTranslation } from 'react-i18next';
import type { Figures } from '../api/reports.ts';
import classes from './home.module.css';
import { useNumbers } from './numbers.ts';

/** What a score rests on: how many answer, and how many answers could not be counted. */
export function Rates({ of, before }: { of: Figures; before: Figures | null }) {
  const { t } = useTranslation('home');
  const numbers = useNumbers();
  const { responseRate, delivered, answered, bounced, unconfirmed, quarantined } = of;
  const earlier = before?.responseRate;
  return (
    <dl className={classes.rates}>
      <div>
        <dt>{t('responseRate')}</dt>
        <dd>{responseRate ? numbers.share(responseRate.value) : '–'}</dd>
        {responseRate?.interval && (
          <dd>
            {t('between', {
              low: numbers.share(responseRate.interval.low),
              high: numbers.share(responseRate.interval.high),
            })}
            {earlier && ` · ${t('beforeIt', { value: numbers.share(earlier.value) })}`}
          </dd>
        )}
      </div>
      <div>
        <dt>{t('delivered')}</dt>
        <dd>{numbers.count(delivered)}</dd>
        <dd>
          {t('answeredOf', { count: answered })}
          {bounced > 0 && ` · ${t('bounced', { count: bounced })}`}
        </dd>
      </div>
      <div>
        <dt>{t('unconfirmed')}</dt>
        <dd>{unconfirmed.share === null ? '–' : numbers.share(unconfirmed.share)}</dd>
        <dd>{t('unconfirmedSays', { count: unconfirmed.count })}</dd>
      </div>
      <div>
        <dt>{t('quarantined')}</dt>
        <dd>{quarantined.share === null ? '–' : numbers.share(quarantined.share)}</dd>
        <dd>{t('quarantinedSays', { count: quarantined.count })}</dd>
      </div>
    </dl>
  );
}
