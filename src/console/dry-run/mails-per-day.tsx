import { BarChart } from '@mantine/charts';
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Bars for whoever sees them, and the same numbers as a table for whoever does not. */
export function MailsPerDay({ days }: { days: readonly { day: string; mails: number }[] }) {
  const { t, i18n } = useTranslation('dryRun');
  const format = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const said = days.map(({ day, mails }) => ({ day: format.format(new Date(day)), mails }));
  return (
    <>
      <div aria-hidden>
        <BarChart
          h={200}
          data={said}
          dataKey="day"
          series={[{ name: 'mails', label: t('mails'), color: 'iris.5' }]}
          tickLine="none"
          gridAxis="y"
          maxBarWidth={28}
          yAxisProps={{ allowDecimals: false, width: 36 }}
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <VisuallyHidden>
        <table>
          <caption>{t('chart')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('day')}</th>
              <th scope="col">{t('mails')}</th>
            </tr>
          </thead>
          <tbody>
            {said.map(({ day, mails }) => (
              <tr key={day}>
                <td>{day}</td>
                <td>{mails}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  );
}
