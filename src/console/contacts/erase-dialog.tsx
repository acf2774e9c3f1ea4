import { List, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { forgetContact, useEraseContact } from '../api/contacts.ts';
import type { ContactDetails } from '../api/items.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';

/** For good: says what goes and what stays, and has the name typed. */
export function EraseDialog({ of, close }: { of: ContactDetails; close: () => void }) {
  const { t } = useTranslation('contacts');
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const erase = useEraseContact(of.id);
  const name = of.name ?? of.emails[0] ?? of.id;
  const confirm = () =>
    erase.mutate(undefined, {
      onSuccess: async () => {
        tell(t('erase.done'));
        await navigate('/contacts', { replace: true });
        await forgetContact(of.id);
      },
      onError: tellFailure,
    });
  return (
    <AskFirst
      title={t('erase.title', { name })}
      does={t('erase.does')}
      isOpen
      close={close}
      confirm={confirm}
      isBusy={erase.isPending}
      isReady={typed.trim() === name}
      isGrave
      says={
        <>
          <Text size="sm" fw={600} mb={4}>
            {t('erase.goes')}
          </Text>
          <List size="sm" mb="sm">
            <List.Item>{t('erase.goesHere', { count: of.responses.length })}</List.Item>
            <List.Item>{t('erase.goesRecords')}</List.Item>
          </List>
          <Text size="sm" fw={600} mb={4}>
            {t('erase.stays')}
          </Text>
          <List size="sm">
            <List.Item>{t('erase.staysRecord')}</List.Item>
            <List.Item>{t('erase.staysHash')}</List.Item>
          </List>
        </>
      }
    >
      <TextInput
        label={t('erase.type', { name })}
        autoComplete="off"
        data-autofocus
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </AskFirst>
  );
}
