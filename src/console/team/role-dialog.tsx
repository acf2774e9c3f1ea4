import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Member, useChangeRole } from '../api/team.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import type { Limits } from './limits.ts';
import { RoleChoice } from './role-choice.tsx';

export function RoleDialog({ member, limits, close }: { member: Member; limits: Limits; close: () => void }) {
  const { t } = useTranslation('team');
  const { name } = member;
  const [role, choose] = useState(member.role);
  const change = useChangeRole(member.id);
  function save() {
    change.mutate(role, {
      onSuccess() {
        tell(t('change.done', { name }));
        close();
      },
      onError: tellFailure,
    });
  }
  return (
    <AskFirst
      title={t('change.title', { name })}
      says={t('change.says')}
      does={t('change.submit')}
      isOpen
      close={close}
      confirm={save}
      isReady={role !== member.role}
      isBusy={change.isPending}
    >
      <RoleChoice value={role} onChange={choose} mayMakeOwners={limits.mayMakeOwners} />
    </AskFirst>
  );
}
