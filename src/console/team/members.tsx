import { Avatar, Card, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';
import type { Member } from '../api/team.ts';
import { Status } from '../parts/rating.tsx';
import { Timestamp } from '../parts/timestamp.tsx';
import { WholeTable } from '../parts/whole-table.tsx';
import { memberLimits } from './limits.ts';
import { MemberActions } from './member-actions.tsx';

export function Members({ members }: { members: readonly Member[] }) {
  const { t } = useTranslation('team');
  const { user: me } = useMe();
  return (
    <Card padding={0}>
      <WholeTable
        label={t('title')}
        items={members}
        keyOf={({ id }) => id}
        columns={[
          {
            key: 'member',
            title: t('columns.member'),
            isPlain: true,
            show: (member) => <Name member={member} isMe={member.id === me?.id} />,
          },
          { key: 'role', title: t('columns.role'), show: ({ role }) => t(`roles.${role}`) },
          {
            key: 'factor',
            title: t('columns.factor'),
            show: ({ twoFactor }) => <Status of={twoFactor ? 'ready' : 'none'}>{t(twoFactor ? 'on' : 'off')}</Status>,
          },
          {
            key: 'seen',
            title: t('columns.seen'),
            show: ({ lastSeenAt }) => (lastSeenAt === null ? t('never') : <Timestamp at={lastSeenAt} />),
          },
          {
            key: 'act',
            title: t('columns.act'),
            isPlain: true,
            show: (member) => <MemberActions member={member} limits={memberLimits(member, members, me)} />,
          },
        ]}
      />
    </Card>
  );
}

function Name({ member: { name, email }, isMe }: { member: Member; isMe: boolean }) {
  const { t } = useTranslation('team');
  return (
    <Group gap="sm" wrap="nowrap">
      <Avatar name={name} color="iris" radius="xl" size={36} aria-hidden />
      <div>
        <Group gap={6}>
          <Text size="sm" fw={600}>
            {name}
          </Text>
          {isMe && <Status of="me">{t('you')}</Status>}
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {email}
        </Text>
      </div>
    </Group>
  );
}
