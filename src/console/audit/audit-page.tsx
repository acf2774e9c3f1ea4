import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditItem } from '../api/items.ts';
import { useKeys } from '../api/keys.ts';
import { useTeam } from '../api/team.ts';
import type { Filter } from '../parts/filters.ts';
import { ListPage } from '../parts/list-page.tsx';
import type { ListingColumn } from '../parts/listing.tsx';
import { Permitted } from '../parts/permitted.tsx';
import { timestampColumn } from '../parts/timestamp-column.tsx';
import { useActionWords } from './action-words.ts';
import { Detail } from './detail.tsx';
import { Subject } from './subject.tsx';

export function AuditPage() {
  const { t } = useTranslation('audit');
  return (
    <Permitted to="admin" title={t('title')}>
      <AuditList />
    </Permitted>
  );
}

function AuditList() {
  const { t } = useTranslation('audit');
  return (
    <ListPage
      title={t('title')}
      says={t('says')}
      path="/audit"
      columns={useAuditColumns()}
      filters={useAuditFilters()}
      usualSort="-at"
      keyOf={({ id }) => id}
      empty={{ says: t('empty') }}
    />
  );
}

function useAuditColumns(): readonly ListingColumn<AuditItem>[] {
  const { t } = useTranslation('audit');
  const { saidOf } = useActionWords();
  const nameOf = ({ actor, actorName }: AuditItem) =>
    actor === 'environment'
      ? t('environment')
      : actor === 'anonymous'
        ? t('anonymous')
        : (actorName ?? actor.slice(0, 8));
  return [
    timestampColumn('at', t('columns.at')),
    { key: 'actor', title: t('columns.actor'), show: nameOf },
    { key: 'action', title: t('columns.action'), show: ({ action }) => saidOf(action) },
    { key: 'subject', title: t('columns.subject'), show: (item) => <Subject of={item} /> },
    { key: 'detail', title: t('columns.detail'), isWide: true, show: ({ detail }) => <Detail of={detail} /> },
  ];
}

function useAuditFilters(): readonly Filter[] {
  const { t } = useTranslation('audit');
  const { t: parts } = useTranslation('parts');
  const { all } = useActionWords();
  const { data: team } = useTeam();
  const { data: keys } = useKeys();
  return useMemo(() => {
    const named = [...(team?.members ?? []), ...(keys ?? [])].map(({ id, name }) => ({ value: id, label: name }));
    return [
      { key: 'action', label: t('filters.action'), kind: 'choice', options: all },
      {
        key: 'actor',
        label: t('filters.actor'),
        kind: 'choice',
        options: [...named, { value: 'environment', label: t('environment') }],
      },
      { key: 'from', label: parts('from'), kind: 'day' },
      { key: 'until', label: parts('until'), kind: 'day' },
    ];
  }, [t, parts, all, team, keys]);
}
