import { Card, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answersNeeded, type Planned, plannedMargin } from '../../modules/reports/statistics.ts';
import classes from './calculators.module.css';
import { type Counts, useCounts } from './counts.ts';
import { NumberField } from './number-field.tsx';
import { numbersIn } from './numbers.ts';
import { TwoSides } from './two-sides.tsx';

export function SampleSizeCalculator() {
  const { t } = useTranslation('calculators');
  const [params] = useSearchParams();
  const counts = useCounts();
  const planned: Planned = params.get('planned') === 'share' ? 'share' : 'nps';
  return (
    <TwoSides
      fields={
        <>
          <SegmentedControl
            aria-label={t('sample.of')}
            value={planned}
            onChange={(next) => counts.write('planned', next)}
            data={(['nps', 'share'] as const).map((value) => ({ value, label: t(`sample.${value}`) }))}
          />
          <NumberField
            of="margin"
            counts={counts}
            label={t('sample.margin')}
            says={t(`sample.marginSays.${planned}`)}
            highest={100}
            decimals={1}
          />
          <NumberField
            of="population"
            counts={counts}
            label={t('sample.population')}
            says={t('sample.populationSays')}
          />
          <NumberField
            of="rate"
            counts={counts}
            label={t('sample.rate')}
            says={t('sample.rateSays')}
            highest={100}
            decimals={1}
          />
          <NumberField of="answers" counts={counts} label={t('sample.answers')} says={t('sample.answersSays')} />
        </>
      }
      result={<Planning planned={planned} counts={counts} />}
    />
  );
}

function Planning({ planned, counts }: { planned: Planned; counts: Counts }) {
  const { t, i18n } = useTranslation('calculators');
  const { plain } = numbersIn(i18n.language);
  const margin = counts.read('margin');
  const population = counts.count('population') || null;
  const rate = counts.read('rate');
  const needed = margin === null || margin === 0 ? null : answersNeeded(planned, margin / 100, population);
  const toAsk = needed === null || !rate ? null : Math.ceil(needed / (rate / 100));
  const now = plannedMargin(planned, counts.count('answers'), population);
  return (
    <Card padding="xl" role="region" aria-label={t('result')}>
      <Stack gap="md">
        <Title order={2} size="h5" c="dimmed">
          {t('sample.needed')}
        </Title>
        {needed === null || margin === null ? (
          <Text>{t('none')}</Text>
        ) : (
          <>
            <div className={classes.figure} aria-live="polite">
              {plain(needed)}
            </div>
            <Text>{t(`sample.neededMeaning.${planned}`, { answers: plain(needed), margin: plain(margin) })}</Text>
          </>
        )}
        {toAsk !== null && (
          <Text>
            {t('sample.askMeaning', { count: toAsk })} {population !== null && toAsk > population && t('sample.tooFew')}
          </Text>
        )}
        {now !== null && (
          <>
            <Title order={2} size="h5" c="dimmed">
              {t('sample.marginTitle')}
            </Title>
            <Text size="xl" fw={650}>
              {t(`sample.marginNow.${planned}`, { margin: plain(100 * now) })}
            </Text>
          </>
        )}
        <Text size="sm" c="dimmed">
          {t('sample.formula')}
        </Text>
      </Stack>
    </Card>
  );
}
