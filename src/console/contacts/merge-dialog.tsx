import { Combobox, InputBase, Text, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { forgetContact, useContactsCalled, useMergeContact } from '../api/contacts.ts';
import type { ContactDetails, ContactItem } from '../api/items.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';

/** Two contacts are one: this one goes up in the other, with all that they answered. */
export function MergeDialog({ of, close }: { of: ContactDetails; close: () => void }) {
  const { t } = useTranslation('contacts');
  const { t: parts } = useTranslation('parts');
  const navigate = useNavigate();
  const [into, setInto] = useState<ContactItem>();
  const merge = useMergeContact(of.id);
  const called = ({ name, emails }: Pick<ContactItem, 'name' | 'emails'>) => name ?? emails[0] ?? parts('noName');
  const confirm = () =>
    into &&
    merge.mutate(into.id, {
      onSuccess: async () => {
        tell(t('merge.done', { name: called(into) }));
        await navigate(`/contacts/${into.id}`, { replace: true });
        await forgetContact(of.id);
      },
      onError: tellFailure,
    });
  return (
    <AskFirst
      title={t('merge.title', { name: called(of) })}
      says={t('merge.says', { name: called(of) })}
      does={t('merge.does')}
      isOpen
      close={close}
      confirm={confirm}
      isBusy={merge.isPending}
      isReady={into !== undefined}
      isGrave
    >
      <ContactChoice except={of.id} choose={setInto} called={called} />
    </AskFirst>
  );
}

type Choice = {
  except: string;
  choose: (contact: ContactItem | undefined) => void;
  called: (contact: ContactItem) => string;
};

/** Looks for contacts while one types. */
function ContactChoice({ except, choose, called }: Choice) {
  const { t } = useTranslation('contacts');
  const combobox = useCombobox();
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), 200);
  const { data } = useContactsCalled(words);
  const found = words === '' ? [] : (data?.items ?? []).filter(({ id }) => id !== except);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const contact = found.find((one) => one.id === id);
        choose(contact);
        if (contact) setTyped(called(contact));
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <InputBase
          label={t('merge.into')}
          placeholder={t('merge.placeholder')}
          data-autofocus
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            choose(undefined);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={words.length < 2}>
        <Combobox.Options>
          {found.map((contact) => (
            <Combobox.Option key={contact.id} value={contact.id}>
              <Text size="sm">{called(contact)}</Text>
              <Text size="xs" c="dimmed">
                {contact.emails.join(', ')}
              </Text>
            </Combobox.Option>
          ))}
          {data && found.length === 0 && <Combobox.Empty>{t('merge.none')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
