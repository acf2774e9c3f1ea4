import { Badge, Button, Code, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ApiKey, useRevokeKey } from '../api/keys.ts';
import { useTeam } from '../api/team.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { Status } from '../parts/rating.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import { Timestamp } from '../parts/timestamp.tsx';
import { WholeTable } from '../parts/whole-table.tsx';
import { nameOfScope } from './scope-words.ts';

export function KeyTable({ keys }: { keys: readonly ApiKey[] }) {
  const { t } = useTranslation('keys');
  const { data: team } = useTeam();
  const [revoked, revoke] = useState<ApiKey>();
  const makerOf = ({ createdBy }: ApiKey) =>
    createdBy === 'environment'
      ? t('environment')
      : (team?.members.find(({ id }) => id === createdBy)?.name ?? keys.find(({ id }) => id === createdBy)?.name);
  return (
    <>
      <WholeTable
        label={t('title')}
        items={keys}
        keyOf={({ id }) => id}
        columns={[
          {
            key: 'name',
            title: t('columns.name'),
            show: ({ name, begins }) => (
              <div>
                <Text size="sm" fw={600}>
                  {name}
                </Text>
                <Code>{begins}…</Code>
              </div>
            ),
          },
          { key: 'scopes', title: t('columns.scopes'), show: ({ scopes }) => <Scopes scopes={scopes} /> },
          { key: 'createdBy', title: t('columns.createdBy'), show: (key) => makerOf(key) ?? t('formerly') },
          {
            key: 'lastUsed',
            title: t('columns.lastUsed'),
            show: ({ lastUsedAt }) => (lastUsedAt === null ? t('neverUsed') : <Timestamp at={lastUsedAt} />),
          },
          { key: 'expires', title: t('columns.expires'), show: ({ expiresAt }) => <Expiry at={expiresAt} /> },
          {
            key: 'act',
            title: t('columns.act'),
            isPlain: true,
            show: (key) => (
              <Button
                size="xs"
                variant="light"
                color="red"
                aria-label={t('revoke.actOf', { name: key.name })}
                onClick={() => revoke(key)}
              >
                {t('revoke.act')}
              </Button>
            ),
          },
        ]}
      />
      {revoked && <Revoke of={revoked} close={() => revoke(undefined)} />}
    </>
  );
}

function Scopes({ scopes }: { scopes: readonly string[] }) {
  const { t } = useTranslation('keys');
  return (
    <Group gap={4} maw={320}>
      {scopes.map((scope) => {
        const name = nameOfScope(scope);
        return (
          <Badge key={scope} variant="default" radius="sm" tt="none" fw={500}>
            {name ? t(`scopes.${name}`) : scope}
          </Badge>
        );
      })}
    </Group>
  );
}

function Expiry({ at }: { at: string | null }) {
  const { t } = useTranslation('keys');
  if (at === null) return <>{t('noEnd')}</>;
  if (new Date(at) <= new Date()) return <Status of="refused">{t('isOver')}</Status>;
  return <Timestamp at={at} />;
}

function Revoke({ of: { id, name }, close }: { of: ApiKey; close: () => void }) {
  const { t } = useTranslation('keys');
  const revoke = useRevokeKey();
  const done = () => {
    tell(t('revoke.done'));
    close();
  };
  return (
    <AskFirst
      title={t('revoke.title', { name })}
      says={t('revoke.says')}
      does={t('revoke.act')}
      isOpen
      isGrave
      close={close}
      confirm={() => void revoke.mutateAsync(id).then(done, tellFailure)}
      isBusy={revoke.isPending}
    />
  );
}
