import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiftSuppression } from '../api/contacts.ts';
import { failureSentence, problemsByField } from '../api/problem.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell } from '../parts/tell.ts';

/** An address whose contact was erased, or had unsubscribed, may be asked again: because they wish it. */
export function LiftSuppression({ address: known, contact }: { address?: string; contact?: string }) {
  const { t } = useTranslation('contacts');
  const [isOpen, setOpen] = useState(false);
  const [address, setAddress] = useState(known ?? '');
  const lift = useLiftSuppression(contact);
  const close = () => {
    setOpen(false);
    lift.reset();
  };
  const confirm = () =>
    lift.mutate(address.trim(), {
      onSuccess: () => {
        tell(t('lift.done', { address: address.trim() }));
        close();
      },
    });
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('lift.button')}
      </Button>
      <AskFirst
        title={t('lift.title')}
        says={t('lift.says')}
        does={t('lift.does')}
        isOpen={isOpen}
        close={close}
        confirm={confirm}
        isBusy={lift.isPending}
        isReady={address.trim() !== ''}
      >
        <TextInput
          type="email"
          label={t('lift.address')}
          required
          data-autofocus
          value={address}
          onChange={({ currentTarget }) => setAddress(currentTarget.value)}
          error={lift.isError && (problemsByField(lift.error).address ?? failureSentence(lift.error))}
        />
      </AskFirst>
    </>
  );
}
