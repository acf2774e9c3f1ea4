import { Button, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoticeItem } from '../api/items.ts';
import { useMay } from '../api/me.ts';
import { useReplayNotice } from '../api/notices.ts';
import { useSystemTitle } from '../api/systems.ts';
import type { Filter } from '../parts/filters.ts';
import { ListPage } from '../parts/list-page.tsx';
import type { Column } from '../parts/listing.tsx';
import { momentColumn } from '../parts/moment-column.tsx';
import { Status } from '../parts/rating.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
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
export function NoticesPage() {
  const { t } = useTranslation('notices');
  const filters = useNoticeFilters();
  const columns = useNoticeColumns();
  return (
    <ListPage
      title={t('title')}
      says={t('says')}
      path="/notices"
      columns={columns}
      filters={filters}
      usualSort="-receivedAt"
      keyOf={({ id }) => id}
      empty={{ says: t('empty') }}
    />
  );
}

function useNoticeColumns(): readonly Column<NoticeItem>[] {
  const { t } = useTranslation('notices');
  const titleOf = useSystemTitle();
  const mayReplay = useMay('connections:write');
  const columns: Column<NoticeItem>[] = [
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
    momentColumn('happenedAt', t('columns.happenedAt')),
    momentColumn('receivedAt', t('columns.receivedAt')),
  ];
  return mayReplay
    ? [...columns, { key: 'replay', title: t('columns.replay'), show: (notice) => <Replay of={notice} /> }]
    : columns;
}

/** Nobody is asked twice for it, so that it needs no second thought. */
function Replay({ of: { id, waiting, objectId } }: { of: NoticeItem }) {
  const { t } = useTranslation('notices');
  const replay = useReplayNotice();
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

function useNoticeFilters(): readonly Filter[] {
  const { t } = useTranslation('notices');
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
