import { useTranslation } from 'react-i18next';
import { type Member, useRemoveMember } from '../api/team.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';

export function RemoveMember({
  member: { id, name },
  isMe,
  close,
}: {
  member: Member;
  isMe: boolean;
  close: () => void;
}) {
  const { t } = useTranslation('team');
  const remove = useRemoveMember(id);
  // A promise, since callbacks of `mutate` are forgotten when the row is gone.
  const done = () => {
    if (!isMe) tell(t('remove.done', { name }));
    close();
  };
  return (
    <AskFirst
      title={isMe ? t('leave.title') : t('remove.title', { name })}
      says={t(isMe ? 'leave.says' : 'remove.says')}
      does={t(isMe ? 'leave.submit' : 'remove.act')}
      isOpen
      isGrave
      close={close}
      confirm={() => void remove.mutateAsync().then(done, tellFailure)}
      isBusy={remove.isPending}
    />
  );
}
