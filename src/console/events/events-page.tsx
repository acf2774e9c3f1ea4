import { Button, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useReplayEvent } from '../api/events.ts';
import type { EventItem } from '../api/items.ts';
import { useMay } from '../api/me.ts';
import { useSystemTitle } from '../api/systems.ts';
import type { Filter } from '../parts/filters.ts';
import { ListPage } from '../parts/list-page.tsx';
import type { ListingColumn } from '../parts/listing.tsx';
import { Status } from '../parts/rating.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import { timestampColumn } from '../parts/timestamp-column.tsx';
import { useUsualFilters } from '../parts/usual-filters.ts';

const kinds = [
  'ticket.changed',
  'ticket.merged',
  'ticket.deleted',
  'contact.changed',
  'contact.merged',
  'contact.deleted',
  'contact.restored',
  'contact.erased',
] as const;

type Kind = (typeof kinds)[number];

/** Keys of words hold no dots. */
const wordOf = (kind: Kind) => kind.replace('.', '_') as Underscored<Kind>;
type Underscored<Name> = Name extends `${infer Noun}.${infer Verb}` ? `${Noun}_${Verb}` : never;

/** What the connected systems said, and what came of it. */
export function EventsPage() {
  const { t } = useTranslation('events');
  const filters = useEventFilters();
  const columns = useEventColumns();
  return (
    <ListPage
      title={t('title')}
      says={t('says')}
      path="/events"
      columns={columns}
      filters={filters}
      usualSort="-receivedAt"
      keyOf={({ id }) => id}
      empty={{ says: t('empty') }}
    />
  );
}

function useEventColumns(): readonly ListingColumn<EventItem>[] {
  const { t } = useTranslation('events');
  const titleOf = useSystemTitle();
  const mayReplay = useMay('connections:write');
  const columns: ListingColumn<EventItem>[] = [
    {
      key: 'kind',
      title: t('columns.kind'),
      show: ({ kind }) => {
        const known = kinds.find((name) => name === kind);
        return known === undefined ? kind : t(`kinds.${wordOf(known)}`);
      },
    },
    {
      key: 'object',
      title: t('columns.object'),
      show: ({ connector, connection, objectId, intoId }) => (
        <Stack gap={0}>
          <span>
            {titleOf({ connector, connection })} {objectId}
          </span>
          {intoId !== null && (
            <Text size="xs" c="dimmed">
              {t('into', { id: intoId })}
            </Text>
          )}
        </Stack>
      ),
    },
    {
      key: 'outcome',
      title: t('columns.outcome'),
      isWide: true,
      show: ({ outcome, waiting }) =>
        waiting ? <Status of="waiting">{t('waiting')}</Status> : (outcome?.message ?? '–'),
    },
    { key: 'attempts', title: t('columns.attempts'), show: ({ attempts }) => attempts },
    timestampColumn('happenedAt', t('columns.happenedAt')),
    timestampColumn('receivedAt', t('columns.receivedAt')),
  ];
  return mayReplay
    ? [...columns, { key: 'replay', title: t('columns.replay'), show: (event) => <Replay of={event} /> }]
    : columns;
}

/** Nobody is asked twice for it, so that it needs no second thought. */
function Replay({ of: { id, waiting, objectId } }: { of: EventItem }) {
  const { t } = useTranslation('events');
  const replay = useReplayEvent();
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<IconRefresh size={14} aria-hidden />}
      aria-label={t('replayOf', { object: objectId })}
      disabled={waiting}
      loading={replay.isPending}
      onClick={() => replay.mutate(id, { onSuccess: () => tell(t('replayed')), onError: tellFailure })}
    >
      {t('replay')}
    </Button>
  );
}

function useEventFilters(): readonly Filter[] {
  const { t } = useTranslation('events');
  const usual = useUsualFilters();
  return useMemo(
    () => [
      {
        key: 'kind',
        label: t('columns.kind'),
        kind: 'choice',
        options: kinds.map((value) => ({ value, label: t(`kinds.${wordOf(value)}`) })),
      },
      {
        key: 'outcome',
        label: t('filters.outcome'),
        kind: 'choice',
        options: Object.entries(t('outcomes', { returnObjects: true })).map(([value, label]) => ({ value, label })),
      },
      { key: 'object', label: t('filters.object'), kind: 'text' },
      { key: 'waiting', label: t('waiting'), kind: 'flag' },
      usual.connection,
      usual.from,
      usual.until,
    ],
    [t, usual],
  );
}
