import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTeam } from '../api/team.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { Permitted } from '../parts/permitted.tsx';
import { Invitations } from './invitations.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { Members } from './members.tsx';

export function TeamPage() {
  const { t } = useTranslation('team');
  return (
    <Permitted to="admin" title={t('title')}>
      <Team />
    </Permitted>
  );
}

function Team() {
  const { t } = useTranslation('team');
  const team = useTeam();
  const [isInviting, inviting] = useDisclosure(false);
  return (
    <ConsolePage
      title={t('title')}
      says={t('says')}
      actions={
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={inviting.open}>
          {t('invite.act')}
        </Button>
      }
    >
      <Loaded query={team}>
        {({ members, invitations }) => (
          <>
            <Members members={members} />
            {invitations.length > 0 && <Invitations invitations={invitations} />}
          </>
        )}
      </Loaded>
      {isInviting && <InviteDialog close={inviting.close} />}
    </ConsolePage>
  );
}
