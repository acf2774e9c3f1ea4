import { Alert, Card, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconTestPipe } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DryRun } from '../api/dry-runs.ts';
import { Section } from '../parts/section.tsx';
import { Empty } from '../parts/states.tsx';
import classes from './dry-run.module.css';
import { EmailsPerDay } from './emails-per-day.tsx';
import { Examples } from './examples.tsx';
import { dryRunVolume } from './volume.ts';

type Findings = NonNullable<DryRun['findings']>;

/** What came out: how many, when, why not, and for which tickets for example. */
export function DryRunResults({ run, findings }: { run: DryRun; findings: Findings }) {
  const { t, i18n } = useTranslation('dryRun');
  const { resolutions, asked, skipped, reasons, deferredByCap, busiestDay, cutShort, examples, days } = findings;
  const format = new Intl.NumberFormat(i18n.language);
  const mean = dryRunVolume(run)?.mean;
  const figures = [
    { key: 'resolutions', value: resolutions },
    { key: 'asked', value: asked },
    { key: 'skipped', value: skipped },
    { key: 'perDay', value: mean ?? busiestDay },
  ] as const;
  if (resolutions === 0) {
    return (
      <Card padding={0}>
        <Empty icon={IconTestPipe} title={t('noTickets')} />
      </Card>
    );
  }
  return (
    <Stack gap="lg">
      {cutShort && (
        <Alert color="orange" variant="light">
          <Text size="sm">{t('cutShort')}</Text>
        </Alert>
      )}
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
        {figures.map(({ key, value }) => (
          <Card key={key} padding="md">
            <Text size="sm" c="dimmed">
              {t(key)}
            </Text>
            <Text fw={650} fz={28} lh={1.25} className="figure">
              {format.format(value)}
            </Text>
            {key === 'perDay' && (
              <Text size="xs" c="dimmed">
                {t('busiest', { count: busiestDay })}
              </Text>
            )}
          </Card>
        ))}
      </SimpleGrid>
      {days.length > 0 && (
        <Card padding="xl">
          <Section title={t('chart')} says={t('chartSays')}>
            <EmailsPerDay days={days} />
            <Text size="sm">{deferredByCap > 0 ? t('cap', { count: deferredByCap }) : t('capFine')}</Text>
          </Section>
        </Card>
      )}
      <Card padding="xl">
        <Section title={t('reasons')} says={reasons.length > 0 ? t('reasonsSays') : t('allAsked')}>
          {reasons.length > 0 && (
            <ul className={classes.reasons}>
              {reasons.map(({ reasonCode, count, message }) => (
                <li key={reasonCode}>
                  <Text fw={650} className="figure" ta="end">
                    {format.format(count)}
                  </Text>
                  <div>
                    <Text size="sm">{message}</Text>
                    <div className={classes.share} style={{ inlineSize: `${(100 * count) / Math.max(skipped, 1)}%` }} />
                  </div>
                </li>
              ))}
            </ul>
          )}
        </Section>
      </Card>
      {examples.length > 0 && <Examples examples={examples} />}
    </Stack>
  );
}
