import { Card, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Report } from '../api/reports.ts';
import { Change } from './change.tsx';
import classes from './home.module.css';
import { type OfMetric, useNumbers } from './numbers.ts';
import { Rates } from './rates.tsx';
import { SplitBar } from './split-bar.tsx';
import { TrendChart } from './trend-chart.tsx';

/** One metric: its score with how sure it is, how it divides, how it went, and what it rests on. */
export function MetricCard({ of: { metric, total, before, trend }, every }: { of: OfMetric; every: Report['every'] }) {
  const { t } = useTranslation('home');
  const { t: metrics } = useTranslation('metrics');
  const numbers = useNumbers();
  const scores = total.scores.filter(({ answers }) => answers > 0);
  return (
    <Card component="section" padding="xl" aria-label={metrics(metric)}>
      <Stack gap="xl">
        {scores.length === 0 && (
          <div>
            <Title order={2} size="h4">
              {metrics(metric)}
            </Title>
            <Text c="dimmed">{t('noAnswersInPeriod')}</Text>
          </div>
        )}
        {scores.map((of) => {
          const { score, scale, answers, satisfied } = of;
          const earlier = before?.scores.find((one) => one.scale.highest === scale.highest && one.answers > 0);
          return (
            <Grid key={scale.highest} gap={{ base: 'lg', md: 48 }}>
              <Grid.Col span={{ base: 12, md: 4.5 }}>
                <Stack gap="lg">
                  <div>
                    <Group justify="space-between" align="baseline" mb={6}>
                      <Title order={2} size="h4">
                        {metrics(metric)}
                      </Title>
                      <Text size="sm" c="dimmed">
                        {metric !== 'nps' && `${t('scale', scale)} · `}
                        {t('answers', { count: answers })}
                      </Text>
                    </Group>
                    <Group align="baseline" gap="sm">
                      <span className={classes.score}>{numbers.score(metric, score.value)}</span>
                      <Text c="dimmed">
                        {score.interval
                          ? t('between', {
                              low: numbers.score(metric, score.interval.low),
                              high: numbers.score(metric, score.interval.high),
                            })
                          : t('noInterval')}
                      </Text>
                    </Group>
                    {earlier && <Change now={of} before={earlier} />}
                    {satisfied && (
                      <Text size="sm" c="dimmed" mt={4}>
                        {t(`satisfied.${metric === 'ces' ? 'ces' : 'csat'}`, { share: numbers.share(satisfied.value) })}
                        {satisfied.interval &&
                          ` (${t('range', { low: numbers.share(satisfied.interval.low), high: numbers.share(satisfied.interval.high) })})`}
                      </Text>
                    )}
                  </div>
                  <SplitBar of={of} />
                </Stack>
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 7.5 }}>
                <TrendChart of={of} trend={trend} every={every} />
              </Grid.Col>
            </Grid>
          );
        })}
        <Rates of={total} before={before} />
      </Stack>
    </Card>
  );
}
