import { useTranslation } from 'react-i18next';
import { type Member, useDropSecondFactor } from '../api/team.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';

/** For who lost the phone and the codes for that day. */
export function DropFactor({ member: { id, name }, close }: { member: Member; close: () => void }) {
  const { t } = useTranslation('team');
  const drop = useDropSecondFactor(id);
  const done = () => {
    tell(t('drop.done', { name }));
    close();
  };
  return (
    <AskFirst
      title={t('drop.title', { name })}
      says={t('drop.says')}
      does={t('drop.submit')}
      isOpen
      isGrave
      close={close}
      confirm={() => drop.mutate(undefined, { onSuccess: done, onError: tellFailure })}
      isBusy={drop.isPending}
    />
  );
}
