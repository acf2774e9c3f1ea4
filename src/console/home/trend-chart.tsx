import { CompositeChart } from '@mantine/charts';
import { Button, Group, ScrollArea, Text, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChartLine, IconTable } from '@tabler/icons-react';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report } from '../api/reports.ts';
import { type OfMetric, type Score, useNumbers } from './numbers.ts';
import { TrendPoint } from './trend-point.tsx';
import { TrendTable } from './trend-table.tsx';

export type Point = {
  key: string;
  label: string;
  answers: number;
  value: number | null;
  between: [number, number] | null;
};

type Props = { of: Score; trend: OfMetric['trend']; every: Report['every'] };

/** How a score went over the period, with how sure each part of it is; the same as a table for whoever prefers one. */
export function TrendChart({ of, trend, every }: Props) {
  const { t } = useTranslation('home');
  const { t: metrics } = useTranslation('metrics');
  const numbers = useNumbers();
  const titleId = useId();
  const [isTable, { toggle }] = useDisclosure(false);
  const points = usePoints(of, trend, every);
  // A line needs two points: one alone would not be seen.
  const isAlone = points.filter(({ value }) => value !== null).length === 1;
  const Other = isTable ? IconChartLine : IconTable;
  const table = <TrendTable metric={of.metric} points={points} titledBy={titleId} />;
  return (
    <div>
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Text size="sm" c="dimmed" id={titleId}>
          {t(`trendBy.${every}`, { metric: metrics(of.metric) })}
        </Text>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<Other size={14} aria-hidden />}
          onClick={toggle}
        >
          {t(isTable ? 'asChart' : 'asTable')}
        </Button>
      </Group>
      {isTable ? (
        <ScrollArea.Autosize mah={240} viewportProps={{ tabIndex: 0, role: 'region', 'aria-labelledby': titleId }}>
          {table}
        </ScrollArea.Autosize>
      ) : (
        <>
          <VisuallyHidden>{table}</VisuallyHidden>
          <div aria-hidden>
            <CompositeChart
              h={210}
              data={points}
              dataKey="label"
              series={[
                { name: 'between', type: 'area', color: 'iris.4' },
                { name: 'value', type: 'line', color: 'iris.5' },
              ]}
              withDots={isAlone}
              strokeWidth={2.5}
              gridAxis="x"
              tickLine="none"
              connectNulls
              accessibilityLayer={false}
              areaProps={{ fillOpacity: 0.16, strokeOpacity: 0 }}
              xAxisProps={{ minTickGap: 28, tickMargin: 8 }}
              yAxisProps={{ width: 38, domain: domainOf(of) }}
              valueFormatter={(value) => numbers.score(of.metric, value)}
              tooltipProps={{ content: ({ payload }) => <TrendPoint metric={of.metric} of={payload?.[0]?.payload} /> }}
            />
          </div>
        </>
      )}
    </div>
  );
}

/** All that the scale holds: a small change must not look like a great one. */
function domainOf({ metric, scale }: Score): [number, number] {
  return metric === 'nps' ? [-100, 100] : [scale.lowest, scale.highest];
}

function usePoints({ metric, scale }: Score, trend: OfMetric['trend'], every: Report['every']): Point[] {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const date = new Intl.DateTimeFormat(i18n.language, {
      month: 'short',
      ...(every === 'month' ? { year: 'numeric' } : { day: 'numeric' }),
      timeZone: 'UTC',
    });
    return trend.map(({ key, scores }) => {
      const found = scores.find((score) => score.metric === metric && score.scale.highest === scale.highest);
      const first = key.length === 7 ? `${key}-01` : key;
      const interval = found?.score.interval;
      return {
        key,
        label: date.format(new Date(first)),
        answers: found?.answers ?? 0,
        value: found && found.answers > 0 ? found.score.value : null,
        between: interval ? [interval.low, interval.high] : null,
      };
    });
  }, [i18n.language, metric, scale.highest, trend, every]);
}
