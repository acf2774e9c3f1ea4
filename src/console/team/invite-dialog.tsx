import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../platform/http/scopes.ts';
import { useMe } from '../api/me.ts';
import { useInvite } from '../api/team.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tellBeside } from '../parts/tell.ts';
import { InvitationLink } from './invitation-link.tsx';
import { RoleChoice } from './role-choice.tsx';

export function InviteDialog({ close }: { close: () => void }) {
  const { t } = useTranslation('team');
  const { user } = useMe();
  const invite = useInvite();
  const form = useForm<{ email: string; role: Role }>({ initialValues: { email: '', role: 'viewer' } });
  if (invite.data) return <InvitationLink invited={invite.data} close={close} />;
  function send() {
    invite.mutate(form.values, {
      onError: (failure) => tellBeside(form.setErrors, failure),
    });
  }
  return (
    <AskFirst
      title={t('invite.title')}
      does={t('invite.submit')}
      isOpen
      close={close}
      confirm={send}
      isBusy={invite.isPending}
    >
      <TextInput
        label={t('email')}
        type="email"
        autoComplete="off"
        required
        data-autofocus
        {...form.getInputProps('email')}
      />
      <RoleChoice
        value={form.values.role}
        onChange={(role) => form.setFieldValue('role', role)}
        mayMakeOwners={user?.role === 'owner'}
      />
    </AskFirst>
  );
}
