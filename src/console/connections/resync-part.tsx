import { Alert, Button, Card, Group, Progress, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconRepeat } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/me.ts';
import { type Resync, useBeginResync, useResync } from '../api/resync.ts';
import type { System } from '../api/systems.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { Section } from '../parts/section.tsx';
import { tellFailure } from '../parts/tell.ts';
import { Timestamp } from '../parts/timestamp.tsx';

/** Writes every record again, and shows how far it is; whoever leaves and comes back sees it too. */
export function ResyncPart({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  const mayWrite = useMay('connections:write');
  const [isAsked, { open, close }] = useDisclosure(false);
  const { data: resync } = useResync(of.id);
  const begin = useBeginResync(of.id);
  if (!of.writeBackEnabled) return null;
  const goesOn = resync?.status === 'running' || resync?.status === 'waiting';
  return (
    <Card>
      <Section title={t('resync.title')} says={t('resync.says')}>
        {resync && <HowFar of={resync} />}
        {mayWrite && of.open && !goesOn && (
          <Group>
            <Button variant="default" leftSection={<IconRepeat size={16} aria-hidden />} onClick={open}>
              {t('resync.begin')}
            </Button>
          </Group>
        )}
      </Section>
      <AskFirst
        title={t('resync.asked')}
        says={t('resync.askedSays')}
        does={t('resync.begin')}
        isOpen={isAsked}
        close={close}
        isBusy={begin.isPending}
        confirm={() => begin.mutate(undefined, { onSettled: close, onError: tellFailure })}
      />
    </Card>
  );
}

function HowFar({ of: { status, why, since, records, left } }: { of: Resync }) {
  const { t, i18n } = useTranslation('connections');
  const number = new Intl.NumberFormat(i18n.language);
  if (status === 'none') return null;
  if (status === 'finished') {
    return (
      <Text size="sm">
        {t('resync.finished', { count: records })} <Timestamp at={since} />
      </Text>
    );
  }
  const done = records - left;
  return (
    <div>
      <Text size="sm" mb={6} role="status">
        {t('resync.running', { done: number.format(done), all: number.format(records) })}
      </Text>
      <Progress value={records === 0 ? 0 : (100 * done) / records} aria-label={t('resync.progress')} animated />
      {status === 'waiting' && (
        <Alert color="orange" variant="light" mt="sm">
          {t('resync.waiting', { why: why?.message })}
        </Alert>
      )}
    </div>
  );
}
