import { Card, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { System } from '../api/systems.ts';
import { FactList } from '../parts/facts.tsx';
import { Timestamp } from '../parts/timestamp.tsx';

/** What one looks at first when something does not come or go. */
export function HealthPart({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  const { health } = of;
  return (
    <Card>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="xs" style={{ alignItems: 'start' }}>
        <FactList
          of={[
            [t('health.credentials'), <Said key="keys" of={health.credentials} />],
            [t('health.webhook'), <Said key="webhook" of={health.webhook} />],
            [t('health.lastEvent'), <When key="event" at={health.lastEventAt} />],
            [t('health.lastPoll'), <When key="poll" at={health.lastPolledAt} />],
            [t('health.checked'), <When key="checked" at={health.checkedAt} />],
          ]}
        />
        <FactList
          of={[
            [t('health.backlog'), <Backlog key="backlog" of={of.backlog} />],
            [t('health.rateLimit'), <RateLimit key="room" of={health.rateLimit} />],
            health.rateLimit.ours !== null && [
              t('health.share', { share: health.rateLimit.share }),
              t('health.shareUsed', { count: health.rateLimit.ours.calls, ...health.rateLimit.ours }),
            ],
            [t('health.clock'), <Clock key="clock" difference={health.clockDifference} />],
            of.missingFields.length > 0 && [t('health.missingFields'), of.missingFields.join(', ')],
            of.timeZone !== null && [t('health.timeZone'), of.timeZone],
            [
              t('health.since'),
              <span key="since">
                <Timestamp at={of.activeSince} />
                <Text size="xs" c="dimmed">
                  {t('health.sinceSays')}
                </Text>
              </span>,
            ],
          ]}
        />
      </SimpleGrid>
    </Card>
  );
}

function Said({ of: { state, detail } }: { of: System['health']['webhook'] }) {
  const { t } = useTranslation('connections');
  if (detail !== null) return <>{detail.message}</>;
  return <>{state === 'unknown' ? t('health.unknown') : t('health.fine')}</>;
}

function When({ at }: { at: string | null }) {
  const { t } = useTranslation('connections');
  return at === null ? t('health.never') : <Timestamp at={at} />;
}

function Backlog({ of }: { of: System['backlog'] }) {
  const { t } = useTranslation('connections');
  const { pendingEvents, recordsPending, recordsFailed } = of;
  const said = [
    pendingEvents > 0 && t('health.toLook', { count: pendingEvents }),
    recordsPending > 0 && t('health.toWrite', { count: recordsPending }),
    recordsFailed > 0 && t('health.failed', { count: recordsFailed }),
  ].filter((words) => words !== false);
  return <>{said.length === 0 ? t('health.noBacklog') : said.join(', ')}</>;
}

function RateLimit({ of: { callsLeft, waitingUntil, day } }: { of: System['health']['rateLimit'] }) {
  const { t, i18n } = useTranslation('connections');
  if (waitingUntil !== null) {
    return (
      <>
        {t('health.waits')} <Timestamp at={waitingUntil} />
      </>
    );
  }
  if (day?.calls != null) {
    const number = new Intl.NumberFormat(i18n.language);
    return <>{t('health.dayOf', { left: number.format(day.callsLeft), all: number.format(day.calls) })}</>;
  }
  if (day) return <>{t('health.dayLeft', { count: day.callsLeft })}</>;
  return <>{callsLeft === null ? t('health.roomUnknown') : t('health.callsLeft', { count: callsLeft })}</>;
}

/** Signatures rest on both clocks agreeing within a minute. */
function Clock({ difference }: { difference: number | null }) {
  const { t, i18n } = useTranslation('connections');
  if (difference === null) return <>{t('health.clockUnknown')}</>;
  const seconds = Math.round(Math.abs(difference) / 1000);
  if (seconds < 3) return <>{t('health.clockFine')}</>;
  const said = { seconds: new Intl.NumberFormat(i18n.language).format(seconds) };
  return <>{difference > 0 ? t('health.clockAhead', said) : t('health.clockSlow', said)}</>;
}
