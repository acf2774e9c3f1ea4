import { Alert, Anchor, Card, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ResponseItem } from '../api/items.ts';
import { useMay } from '../api/me.ts';
import { useResponse } from '../api/responses.ts';
import { useSurveyNames } from '../api/surveys.ts';
import { FactList } from '../parts/facts.tsx';
import { ContactLink, TicketLink } from '../parts/links.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { Rating, Status } from '../parts/rating.tsx';
import { Records } from '../parts/records.tsx';
import { Timestamp } from '../parts/timestamp.tsx';
import { Corrections } from './corrections.tsx';

/** One answer: what was said, whether it counts and why, and where it stands. */
export function ResponsePage() {
  const { id = '' } = useParams();
  return <Loaded query={useResponse(id)}>{(response) => <Shown of={response} />}</Loaded>;
}

function Shown({ of }: { of: ResponseItem }) {
  const { t } = useTranslation('responses');
  const mayCorrect = useMay('responses:write');
  return (
    <ConsolePage
      title={t('one', { name: of.name ?? t('unknown') })}
      says={
        <Anchor component={Link} to="/responses" size="sm">
          <Group gap={4} component="span" display="inline-flex">
            <IconArrowLeft size={14} aria-hidden /> {t('all')}
          </Group>
        </Anchor>
      }
      actions={mayCorrect && <Corrections of={of} />}
    >
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <Said of={of} />
            <Counting of={of} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="lg">
            <About of={of} />
            <Card>
              <Title order={2} size="h5" mb="md">
                {t('onRecords')}
              </Title>
              <Records records={of.records} />
            </Card>
          </Stack>
        </Grid.Col>
      </Grid>
    </ConsolePage>
  );
}

function Said({ of: { rating, category, scale, comment, metric } }: { of: ResponseItem }) {
  const { t } = useTranslation('responses');
  const { t: metrics } = useTranslation('metrics');
  return (
    <Card padding="xl">
      <Stack gap="md">
        <Group justify="space-between">
          <Rating rating={rating} category={category} scale={scale} />
          <Text size="sm" c="dimmed">
            {metrics(metric)} · {metrics('of', { rating, scale })}
          </Text>
        </Group>
        {comment === null ? (
          <Text c="dimmed" fs="italic">
            {t('noComment')}
          </Text>
        ) : (
          <Text
            component="blockquote"
            m={0}
            size="lg"
            lh={1.55}
            style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}
          >
            {comment}
          </Text>
        )}
      </Stack>
    </Card>
  );
}

const confirmations = ['submit', 'act', 'tap', 'by_hand'] as const;
const confirmationWords = { submit: 'submit', act: 'act', tap: 'tap', by_hand: 'byHand' } as const;

/** Whether it counts, and by what evidence. */
function Counting({ of }: { of: ResponseItem }) {
  const { t } = useTranslation('responses');
  const { t: metrics } = useTranslation('metrics');
  const confirmed = confirmations.find((word) => word === of.confirmedBy);
  const isDoubted = of.status === 'unconfirmed' || of.status === 'quarantined';
  return (
    <Card>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5">
          {t(of.onRecord ? 'counts' : 'countsNot')}
        </Title>
        <Group gap={6}>
          <Status of={of.status}>{metrics(`responseStatus.${of.status}`)}</Status>
          {of.test && <Status of="test">{t('test')}</Status>}
        </Group>
      </Group>
      <Stack gap="sm">
        <Text size="sm">{t(of.test ? 'evidence.test' : `evidence.${of.status}`)}</Text>
        {of.statusReason && (
          <Alert variant="light" color={isDoubted ? 'orange' : 'gray'} p="sm">
            {of.statusReason.message}
          </Alert>
        )}
        <FactList
          of={[
            confirmed !== undefined && [t('confirmedBy'), t(`confirmations.${confirmationWords[confirmed]}`)],
            of.beforeReopening && [t('beforeReopening'), t('beforeReopeningSays')],
            of.mayContact !== null && [t('filters.mayContact'), t(of.mayContact ? 'mayContactYes' : 'mayContactNo')],
          ]}
        />
      </Stack>
    </Card>
  );
}

function About({ of }: { of: ResponseItem }) {
  const { t, i18n } = useTranslation('responses');
  const languages = new Intl.DisplayNames([i18n.language], { type: 'language' });
  const nameOf = useSurveyNames();
  return (
    <Card>
      <Title order={2} size="h5" mb="md">
        {t('about')}
      </Title>
      <FactList
        of={[
          [t('columns.contact'), <ContactLink key="contact" id={of.contact} name={of.name} />],
          [
            t('columns.survey'),
            <span key="survey">
              <Anchor component={Link} to={`/surveys/${of.survey}`} size="sm">
                {nameOf(of.survey)}
              </Anchor>{' '}
              {t('version', { version: of.surveyVersion })}
            </span>,
          ],
          [t('ticket'), <TicketLink key="ticket" of={of} />],
          of.ticketMark !== null && [t('ticketMark'), of.ticketMark.message],
          of.agent !== null && [t('columns.agent'), of.agent],
          of.group !== null && [t('filters.group'), of.group],
          of.handler !== null && [t('filters.handler'), t(`handlers.${of.handler}`)],
          [t('columns.answeredAt'), <Timestamp key="at" at={of.answeredAt} />],
          of.changedAt !== of.answeredAt && [t('changed'), <Timestamp key="changed" at={of.changedAt} />],
          of.language !== null && [t('language'), languages.of(of.language) ?? of.language],
          [t('channel'), of.channel],
        ]}
      />
    </Card>
  );
}
