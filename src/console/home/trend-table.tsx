import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Score, useNumbers } from './numbers.ts';
import type { Point } from './trend-chart.tsx';

/** The trend in numbers. */
export function TrendTable({
  metric,
  points,
  titledBy,
}: {
  metric: Score['metric'];
  points: readonly Point[];
  titledBy: string;
}) {
  const { t } = useTranslation('home');
  const { t: metrics } = useTranslation('metrics');
  const numbers = useNumbers();
  return (
    <Table fz="sm" verticalSpacing={4} stickyHeader aria-labelledby={titledBy}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('from')}</Table.Th>
          <Table.Th ta="end">{metrics(metric)}</Table.Th>
          <Table.Th ta="end">{t('interval')}</Table.Th>
          <Table.Th ta="end">{t('answered')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {points.map(({ key, label, value, between, answers }) => (
          <Table.Tr key={key}>
            <Table.Td>{label}</Table.Td>
            <Table.Td ta="end">{value === null ? '–' : numbers.score(metric, value)}</Table.Td>
            <Table.Td ta="end">
              {between === null
                ? '–'
                : t('range', { low: numbers.score(metric, between[0]), high: numbers.score(metric, between[1]) })}
            </Table.Td>
            <Table.Td ta="end">{numbers.count(answers)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
