import { BarChart } from '@mantine/charts';
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Also those between on which none would have left: without them a quiet month looks like a busy one. */
function everyDay(days: readonly { day: string; emails: number }[]): { day: string; emails: number }[] {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const emailsOn = new Map(days.map(({ day, emails }) => [day, emails]));
  const between = (Date.parse(last.day) - Date.parse(first.day)) / 86_400_000;
  return Array.from({ length: between + 1 }, (_nothing, at) => {
    const day = new Date(Date.parse(first.day) + at * 86_400_000).toISOString().slice(0, 10);
    return { day, emails: emailsOn.get(day) ?? 0 };
  });
}

/** Bars for whoever sees them, and the same numbers as a table for whoever does not. */
export function EmailsPerDay({ days }: { days: readonly { day: string; emails: number }[] }) {
  const { t, i18n } = useTranslation('dryRun');
  const format = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const most = Math.max(1, ...days.map(({ emails }) => emails));
  const said = everyDay(days).map(({ day, emails }) => ({ day: format.format(new Date(day)), emails }));
  return (
    <>
      <div aria-hidden>
        <BarChart
          h={200}
          data={said}
          dataKey="day"
          series={[{ name: 'emails', label: t('emails'), color: 'iris.5' }]}
          tickLine="none"
          gridAxis="x"
          maxBarWidth={28}
          xAxisProps={{ minTickGap: 20 }}
          yAxisProps={{ allowDecimals: false, width: 36, tickCount: Math.min(5, most + 1) }}
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <VisuallyHidden>
        <table>
          <caption>{t('chart')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col">{t('emails')}</th>
            </tr>
          </thead>
          <tbody>
            {said.map(({ day, emails }) => (
              <tr key={day}>
                <td>{day}</td>
                <td>{emails}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  );
}
