import { Button, Card, Grid, Stack, Text } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Report, useSummary } from '../api/reports.ts';
import { surveysQuery } from '../api/surveys.ts';
import { useSystems } from '../api/systems.ts';
import { ConsolePage } from '../parts/page.tsx';
import { Empty, FailureNote, Loading } from '../parts/states.tsx';
import { SetupProgress } from '../welcome/setup-progress.tsx';
import { ConnectionHealth } from './connection-health.tsx';
import { FlaggedContacts } from './flagged-contacts.tsx';
import { MetricCard } from './metric-card.tsx';
import { NeedsAttention } from './needs-attention.tsx';
import { NewestComments } from './newest-comments.tsx';
import { usePeriod } from './period.ts';
import { PeriodChooser } from './period-chooser.tsx';

/** How it goes, and what needs a person. */
export function HomePage() {
  const { t } = useTranslation('home');
  const of = usePeriod();
  const { data: report, error, refetch, isPlaceholderData } = useSummary(of.period);
  const isFresh = useIsFresh();
  const isEmpty = report !== undefined && report.metrics.length === 0;
  if (isFresh && isEmpty) {
    return (
      <ConsolePage title={t('title')}>
        <SetupProgress />
        <Card>
          <Empty
            icon={IconRocket}
            title={t('fresh.title')}
            says={t('fresh.says')}
            action={
              <Button component={Link} to="/welcome">
                {t('fresh.go')}
              </Button>
            }
          />
        </Card>
      </ConsolePage>
    );
  }
  return (
    <ConsolePage title={t('title')} actions={<PeriodChooser of={of} />}>
      <SetupProgress />
      <NeedsAttention />
      {error && !report && <FailureNote failure={error} again={() => void refetch()} />}
      {!report && !error && (
        <Card padding="xl">
          <Loading rows={8} />
        </Card>
      )}
      {isEmpty && (
        <Card>
          <Empty
            title={t('nothing.title')}
            says={t('nothing.says')}
            action={
              <Button variant="light" onClick={() => of.change({ days: '365', from: null, until: null, survey: null })}>
                {t('nothing.year')}
              </Button>
            }
          />
        </Card>
      )}
      {report && (
        <Stack gap="lg" aria-busy={isPlaceholderData}>
          {report.metrics.map((metric) => (
            <MetricCard key={metric.metric} of={metric} every={report.every} />
          ))}
          <Contacts of={report} />
        </Stack>
      )}
    </ConsolePage>
  );
}

/** Nothing is connected, or no survey is live: there is something to do before there can be anything to see. */
function useIsFresh(): boolean {
  const { data: systems } = useSystems();
  const { data: surveys } = useQuery(surveysQuery);
  if (!systems || !surveys) return false;
  return systems.items.length === 0 || surveys.items.every(({ status }) => status !== 'live');
}

function Contacts({ of }: { of: Report }) {
  const { t } = useTranslation('home');
  return (
    <>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <NewestComments of={of.comments} />
            <ConnectionHealth />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <FlaggedContacts flag="atRisk" of={of.atRisk} />
            <FlaggedContacts flag="advocates" of={of.advocates} />
          </Stack>
        </Grid.Col>
      </Grid>
      <Text size="xs" c="dimmed">
        {t('rests', { timeZone: of.timeZone })}
      </Text>
    </>
  );
}
