import { useTranslation } from 'react-i18next';
import { type Member, useMakeResetLink } from '../api/team.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { ShownOnce } from '../parts/shown-once.tsx';
import { tellFailure } from '../parts/tell.ts';

/** A new password for somebody who lost theirs, handed over in person. */
export function ResetLink({ member: { id, name }, close }: { member: Member; close: () => void }) {
  const { t } = useTranslation('team');
  const make = useMakeResetLink(id);
  const title = t('reset.title', { name });
  if (make.data) {
    return (
      <ShownOnce
        title={title}
        says={t('reset.ready', { name })}
        label={t('reset.link')}
        text={make.data.link}
        done={t('invite.done')}
        close={close}
      />
    );
  }
  return (
    <AskFirst
      title={title}
      says={t('reset.says')}
      does={t('reset.submit')}
      isOpen
      close={close}
      confirm={() => make.mutate(undefined, { onError: tellFailure })}
      isBusy={make.isPending}
    />
  );
}
