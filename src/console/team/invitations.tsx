import { Button, Card, Group, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TeamInvitation, useInvite, useWithdraw } from '../api/team.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import { Timestamp } from '../parts/timestamp.tsx';
import { WholeTable } from '../parts/whole-table.tsx';
import { InvitationLink } from './invitation-link.tsx';

/** Who is invited and did not come yet. */
export function Invitations({ invitations }: { invitations: readonly TeamInvitation[] }) {
  const { t } = useTranslation('team');
  const [asked, ask] = useState<{ of: TeamInvitation; what: 'again' | 'withdraw' }>();
  const close = () => ask(undefined);
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">
        {t('invitations.title')}
      </Title>
      <Card padding={0}>
        <WholeTable
          label={t('invitations.title')}
          items={invitations}
          keyOf={({ id }) => id}
          columns={[
            { key: 'email', title: t('columns.email'), show: ({ email }) => email },
            { key: 'role', title: t('columns.role'), show: ({ role }) => t(`roles.${role}`) },
            {
              key: 'invitedBy',
              title: t('columns.invitedBy'),
              show: ({ invitedBy }) => invitedBy ?? t('invitations.byKey'),
            },
            { key: 'expires', title: t('columns.expires'), show: ({ expiresAt }) => <Timestamp at={expiresAt} /> },
            {
              key: 'act',
              title: t('columns.act'),
              isPlain: true,
              show: (of) => (
                <Group gap="xs" justify="flex-end" wrap="nowrap">
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t('invitations.againOf', of)}
                    onClick={() => ask({ of, what: 'again' })}
                  >
                    {t('invitations.again')}
                  </Button>
                  <Button
                    size="xs"
                    variant="light"
                    color="red"
                    aria-label={t('invitations.withdrawOf', of)}
                    onClick={() => ask({ of, what: 'withdraw' })}
                  >
                    {t('invitations.withdraw')}
                  </Button>
                </Group>
              ),
            },
          ]}
        />
      </Card>
      {asked?.what === 'again' && <Again of={asked.of} close={close} />}
      {asked?.what === 'withdraw' && <Withdraw of={asked.of} close={close} />}
    </Stack>
  );
}

type Asked = { of: TeamInvitation; close: () => void };

/** A link is shown only when it is made. */
function Again({ of: { email, role }, close }: Asked) {
  const { t } = useTranslation('team');
  const invite = useInvite();
  if (invite.data) return <InvitationLink invited={invite.data} close={close} />;
  return (
    <AskFirst
      title={t('invitations.againTitle', { email })}
      says={t('invitations.againSays')}
      does={t('invitations.againDo')}
      isOpen
      close={close}
      confirm={() => invite.mutate({ email, role }, { onError: tellFailure })}
      isBusy={invite.isPending}
    />
  );
}

function Withdraw({ of: { id, email }, close }: Asked) {
  const { t } = useTranslation('team');
  const withdraw = useWithdraw();
  const done = () => {
    tell(t('invitations.withdrawn'));
    close();
  };
  return (
    <AskFirst
      title={t('invitations.withdrawTitle', { email })}
      says={t('invitations.withdrawSays')}
      does={t('invitations.withdraw')}
      isOpen
      isGrave
      close={close}
      confirm={() => void withdraw.mutateAsync(id).then(done, tellFailure)}
      isBusy={withdraw.isPending}
    />
  );
}
