import { Alert, Button, Card, Group, NativeSelect, Progress, Stack, Text } from '@mantine/core';
import { IconPlayerPlay, IconTestPipe } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext, useSearchParams } from 'react-router';
import { type DryRun, useBeginDryRun, useCancelDryRun, useDryRuns } from '../api/dry-runs.ts';
import { useMay } from '../api/me.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Section } from '../parts/section.tsx';
import { Empty } from '../parts/states.tsx';
import { tellFailure } from '../parts/tell.ts';
import type { InFrame } from '../surveys/survey-frame.tsx';
import { DryRunResults } from './dry-run-results.tsx';
import { EarlierRuns } from './earlier-runs.tsx';

/** Whom the survey would have asked about the tickets of the last days. */
export function DryRunPage() {
  const { t } = useTranslation('dryRun');
  const { item, saveNow } = useOutletContext<InFrame>();
  const [params] = useSearchParams();
  const mayWrite = useMay('surveys:write');
  const found = useDryRuns(item.key);
  const begin = useBeginDryRun(item.key);
  const [days, setDays] = useState('30');
  const isRunning = found.data?.items[0]?.status === 'running';
  const start = async () => {
    await saveNow();
    begin.mutate(Number(days), { onError: tellFailure });
  };
  return (
    <Stack gap="lg">
      <Group align="flex-end" justify="space-between">
        <Text maw={560}>{t('says')}</Text>
        {mayWrite ? (
          <Group align="flex-end" gap="xs">
            <NativeSelect
              label={t('days')}
              value={days}
              onChange={({ currentTarget }) => setDays(currentTarget.value)}
              data={['7', '14', '30'].map((value) => ({ value, label: t('daysOption', { count: Number(value) }) }))}
            />
            <Button
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              loading={begin.isPending}
              disabled={isRunning}
              onClick={() => void start()}
            >
              {t(found.data && found.data.items.length > 0 ? 'again' : 'begin')}
            </Button>
          </Group>
        ) : (
          <Text size="sm" c="dimmed">
            {t('mayNot')}
          </Text>
        )}
      </Group>
      <Loaded query={found}>
        {({ items }) => {
          const run = items.find(({ id }) => id === params.get('run')) ?? items[0];
          if (!run) {
            return (
              <Card padding={0}>
                <Empty icon={IconTestPipe} title={t('none')} says={t('noneSays')} />
              </Card>
            );
          }
          return (
            <>
              <OneRun run={run} />
              <EarlierRuns runs={items} shown={run.id} />
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}

function OneRun({ run }: { run: DryRun }) {
  const { t } = useTranslation('dryRun');
  const { status, why, findings } = run;
  return (
    <>
      {status === 'running' && <Running run={run} />}
      {status === 'failed' && (
        <Alert color="red" variant="light" title={t('failedTitle')} role="alert">
          <Text size="sm">{why?.message}</Text>
        </Alert>
      )}
      {findings && (status !== 'running' || findings.resolutions > 0) && (
        <DryRunResults run={run} findings={findings} />
      )}
    </>
  );
}

function Running({ run }: { run: DryRun }) {
  const { t } = useTranslation('dryRun');
  const { item } = useOutletContext<InFrame>();
  const mayWrite = useMay('surveys:write');
  const cancel = useCancelDryRun(item.key);
  const { read, found } = run.findings ?? { read: 0, found: 0 };
  const share = found === 0 ? 0 : (100 * read) / found;
  return (
    <Card padding="xl">
      <Section title={t('running')} says={t('stays')}>
        <Progress value={Math.max(share, 3)} animated aria-label={t('running')} />
        <Group justify="space-between">
          <Text size="sm" className="figure" role="status">
            {found === 0 ? t('searching') : t('looked', { looked: read, found })}
          </Text>
          {mayWrite && (
            <Button
              size="xs"
              variant="default"
              loading={cancel.isPending}
              onClick={() => cancel.mutate(run.id, { onError: tellFailure })}
            >
              {t('cancel')}
            </Button>
          )}
        </Group>
      </Section>
    </Card>
  );
}
