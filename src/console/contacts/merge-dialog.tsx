import { Combobox, InputBase, Text, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ContactItem, Person } from '../api/items.ts';
import { forgetPerson, useMergePerson, usePeopleCalled } from '../api/people.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';

/** Two people are one: this one goes up in the other, with all that they answered. */
export function MergeDialog({ of, close }: { of: Person; close: () => void }) {
  const { t } = useTranslation('contacts');
  const { t: parts } = useTranslation('parts');
  const navigate = useNavigate();
  const [into, setInto] = useState<ContactItem>();
  const merge = useMergePerson(of.id);
  const called = ({ name, emails }: Pick<ContactItem, 'name' | 'emails'>) => name ?? emails[0] ?? parts('noName');
  const confirm = () =>
    into &&
    merge.mutate(into.id, {
      onSuccess: async () => {
        tell(t('merge.done', { name: called(into) }));
        await navigate(`/contacts/${into.id}`, { replace: true });
        await forgetPerson(of.id);
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
      <PersonChoice except={of.id} choose={setInto} called={called} />
    </AskFirst>
  );
}

type Choice = {
  except: string;
  choose: (person: ContactItem | undefined) => void;
  called: (person: ContactItem) => string;
};

/** Looks for people while one types. */
function PersonChoice({ except, choose, called }: Choice) {
  const { t } = useTranslation('contacts');
  const combobox = useCombobox();
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), 200);
  const { data } = usePeopleCalled(words);
  const found = words === '' ? [] : (data?.items ?? []).filter(({ id }) => id !== except);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const person = found.find((one) => one.id === id);
        choose(person);
        if (person) setTyped(called(person));
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
          {found.map((person) => (
            <Combobox.Option key={person.id} value={person.id}>
              <Text size="sm">{called(person)}</Text>
              <Text size="xs" c="dimmed">
                {person.emails.join(', ')}
              </Text>
            </Combobox.Option>
          ))}
          {data && found.length === 0 && <Combobox.Empty>{t('merge.nobody')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
