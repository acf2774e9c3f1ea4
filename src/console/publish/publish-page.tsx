import { Alert, Anchor, Button, Card, Group, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconCircleCheck, IconRocket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useOutletContext } from 'react-router';
import { dryRunsQuery } from '../api/dry-runs.ts';
import type { WrongField } from '../api/problem.ts';
import { problemsQuery, useTurn } from '../api/surveys.ts';
import { dryRunVolume, type Volume } from '../dry-run/volume.ts';
import { useEditing } from '../editor/editing.ts';
import { partWithField } from '../editor/field-part.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Section } from '../parts/section.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import { showSurveyName } from '../surveys/name.ts';
import type { InFrame } from '../surveys/survey-frame.tsx';
import { DifferenceList } from './difference-list.tsx';
import { differences } from './differences.ts';

/** Before a survey asks real people: what is in the way, what changes, and how many emails it may mean. */
export function PublishPage() {
  const { t } = useTranslation('surveys');
  const { item, saveNow } = useOutletContext<InFrame>();
  const { content, isReadOnly } = useEditing();
  const problems = useQuery(problemsQuery(item.key));
  const runs = useQuery(dryRunsQuery(item.key));
  const volume = dryRunVolume(runs.data?.items.find(({ status }) => status === 'finished'));
  // What was typed last is in what is published.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when one comes here
  useEffect(() => void saveNow(), []);
  const isSame = item.published !== null && differences(item.published, content).length === 0;
  const mayPublish = !isReadOnly && problems.data?.items.length === 0;
  return (
    <Stack gap="lg">
      <Loaded query={problems} rows={2}>
        {({ items }) => <Problems items={items} itemKey={item.key} />}
      </Loaded>
      <Card padding="xl">
        <Section title={t('publish.volume')}>
          {volume ? (
            <Text>{t('publish.perDay', volume)}</Text>
          ) : (
            <Group>
              <Text flex={1} miw={220}>
                {t('publish.noDryRun')}
              </Text>
              <Button component={Link} to={`/surveys/${item.key}/dry-run`} variant="light">
                {t('publish.startDryRun')}
              </Button>
            </Group>
          )}
        </Section>
      </Card>
      <Card padding="xl">
        <Section
          title={t('publish.changes')}
          says={
            item.published === null
              ? t('publish.first')
              : isSame
                ? t('publish.nothing', { version: item.version })
                : t('publish.changesSays', { version: item.version })
          }
        >
          {!isSame && <DifferenceList before={item.published ?? undefined} after={content} />}
        </Section>
      </Card>
      {!isReadOnly && <Act volume={volume} mayPublish={mayPublish && !(isSame && item.status === 'live')} />}
    </Stack>
  );
}

function Problems({ items, itemKey }: { items: readonly WrongField[]; itemKey: string }) {
  const { t } = useTranslation('surveys');
  if (items.length === 0) {
    return (
      <Alert color="teal" variant="light" icon={<IconCircleCheck aria-hidden />}>
        <Text size="sm">{t('publish.fine')}</Text>
      </Alert>
    );
  }
  return (
    <Alert
      color="orange"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('publish.problems', { count: items.length })}
    >
      <List size="sm" spacing={6}>
        {items.map(({ field, message }) => (
          <List.Item key={`${field} ${message}`}>
            {message}{' '}
            <Anchor
              component={Link}
              to={`/surveys/${itemKey}?part=${partWithField(field)}`}
              size="sm"
              underline="always"
              c="inherit"
            >
              {t('publish.mend')}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Act({ volume, mayPublish }: { volume: Volume | undefined; mayPublish: boolean }) {
  const { t } = useTranslation('surveys');
  const { item } = useOutletContext<InFrame>();
  const { content } = useEditing();
  const [isAsking, { open, close }] = useDisclosure(false);
  const turn = useTurn(item.key);
  const name = showSurveyName(item);
  const cap = content.audience.dailyCap;
  const publish = () =>
    turn.mutate('publish', {
      onSuccess: () => {
        close();
        tell(t('publish.done', { name }));
      },
      onError: tellFailure,
    });
  return (
    <Group>
      <Button size="md" leftSection={<IconRocket size={18} aria-hidden />} disabled={!mayPublish} onClick={open}>
        {item.version === 0 ? t('publish.act') : t('publish.again', { version: item.version + 1 })}
      </Button>
      <AskFirst
        isOpen={isAsking}
        close={close}
        title={t('publish.confirm', { name })}
        says={
          <Stack gap="xs">
            <Text>{t('publish.confirmSays')}</Text>
            <Text>{volume ? t('publish.confirmVolume', volume) : t('publish.confirmUnknown')}</Text>
            {cap !== null && <Text>{t('publish.confirmCap', { cap })}</Text>}
          </Stack>
        }
        does={t('publish.act')}
        isBusy={turn.isPending}
        confirm={publish}
      />
    </Group>
  );
}
