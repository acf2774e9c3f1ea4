import { Card, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Estimate } from '../../modules/reports/statistics.ts';
import classes from './calculators.module.css';

type Props = {
  title: string;
  of: Estimate | null;
  answers: number;
  lowest: number;
  highest: number;
  say: (value: number) => string;
  meaning: (of: { low: string; high: string }) => string;
  formula: string;
};

/** A number, how far the truth may be from it, and what that means. */
export function Result({ title, of, answers, lowest, highest, say, meaning, formula }: Props) {
  const { t } = useTranslation('calculators');
  return (
    <Card padding="xl" role="region" aria-label={t('result')}>
      <Stack gap="md">
        <Title order={2} size="h5" c="dimmed">
          {title}
        </Title>
        {of === null ? (
          <Text>{t('none')}</Text>
        ) : (
          <>
            <div className={classes.figure} aria-live="polite">
              {say(of.value)}
            </div>
            <Range of={of} lowest={lowest} highest={highest} say={say} />
            <Text>
              {of.interval ? meaning({ low: say(of.interval.low), high: say(of.interval.high) }) : t('noInterval')}
            </Text>
            <Text size="sm" c="dimmed">
              {t('answers', { count: answers })}
              {of.interval && ` · ${t('interval', { low: say(of.interval.low), high: say(of.interval.high) })}`}
            </Text>
          </>
        )}
        <Text size="sm" c="dimmed">
          {formula}
        </Text>
      </Stack>
    </Card>
  );
}

/** The interval on the whole scale, with the number itself in it. */
function Range({
  of: { value, interval },
  lowest,
  highest,
  say,
}: Pick<Props, 'lowest' | 'highest' | 'say'> & { of: Estimate }) {
  const at = (number: number) => `${(100 * (number - lowest)) / (highest - lowest)}%`;
  return (
    <div aria-hidden>
      <div className={classes.range}>
        {interval && (
          <div
            className={classes.interval}
            style={{ insetInlineStart: at(interval.low), insetInlineEnd: `calc(100% - ${at(interval.high)})` }}
          />
        )}
        <div className={classes.value} style={{ insetInlineStart: at(value) }} />
      </div>
      <div className={classes.ends}>
        <span>{say(lowest)}</span>
        <span>{say(highest)}</span>
      </div>
    </div>
  );
}
