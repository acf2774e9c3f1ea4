import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCorrectResponse } from '../api/responses.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import { Reason } from './reason.tsx';

type Asked = { id: string; isOpen: boolean; close: () => void };

/** Takes an answer off the record, with the reason. */
export function Retract({ id, isOpen, close }: Asked) {
  const { t } = useTranslation('responses');
  const [reason, setReason] = useState('');
  const change = useCorrectResponse(id);
  const confirm = () =>
    change.mutate(
      { how: 'retract', body: { reason: reason.trim() } },
      {
        onSuccess: () => {
          tell(t('retract.done'));
          close();
        },
        onError: tellFailure,
      },
    );
  return (
    <AskFirst
      title={t('retract.title')}
      says={t('retract.says')}
      does={t('retract.does')}
      isOpen={isOpen}
      close={close}
      confirm={confirm}
      isBusy={change.isPending}
      isReady={reason.trim() !== ''}
      isGrave
    >
      <Reason data-autofocus value={reason} onChange={({ currentTarget }) => setReason(currentTarget.value)} />
    </AskFirst>
  );
}

/** Puts an answer on the record. */
export function Restore({ id, isOpen, close }: Asked) {
  const { t } = useTranslation('responses');
  const change = useCorrectResponse(id);
  const confirm = () =>
    change.mutate(
      { how: 'restore' },
      {
        onSuccess: () => {
          tell(t('restore.done'));
          close();
        },
        onError: tellFailure,
      },
    );
  return (
    <AskFirst
      title={t('restore.title')}
      says={t('restore.says')}
      does={t('restore.does')}
      isOpen={isOpen}
      close={close}
      confirm={confirm}
      isBusy={change.isPending}
    />
  );
}
