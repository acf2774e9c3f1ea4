import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch, IconStars, IconUser } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMe } from '../api/me.ts';
import { pagesFor } from './pages.ts';
import { useFound } from './use-found.ts';

/** Everything by keyboard: Ctrl K, a few letters, Enter. It finds pages, contacts and surveys. */
export function CommandPalette() {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const { scopes } = useMe();
  const [words, setWords] = useState('');
  const { contacts, surveys, isBusy } = useFound(words);
  const group = (name: 'pages' | 'contacts' | 'surveys', actions: SpotlightActionData[]): SpotlightActionGroupData[] =>
    actions.length === 0 ? [] : [{ group: t(`found.${name}`), actions }];
  const found = [
    ...group(
      'pages',
      pagesFor(scopes).flatMap(({ pages: ofGroup }) =>
        ofGroup.map(({ name, path, icon: Icon }) => ({
          id: name,
          label: t(`pages.${name}`),
          leftSection: <Icon size={18} stroke={1.7} aria-hidden />,
          onClick: () => void navigate(path),
        })),
      ),
    ),
    ...group(
      'contacts',
      contacts.map(({ id, name, emails }) => ({
        id: `contact ${id}`,
        label: name ?? emails[0] ?? id,
        description: emails.join(', '),
        leftSection: <IconUser size={18} stroke={1.7} aria-hidden />,
        onClick: () => void navigate(`/contacts/${id}`),
      })),
    ),
    ...group(
      'surveys',
      surveys.map(({ key, name }) => ({
        id: `survey ${key}`,
        label: name ?? key,
        ...(name === null ? {} : { description: key }),
        leftSection: <IconStars size={18} stroke={1.7} aria-hidden />,
        onClick: () => void navigate(`/surveys/${key}`),
      })),
    ),
  ];
  return (
    <Spotlight
      actions={found}
      query={words}
      onQueryChange={setWords}
      shortcut={['mod + K', '/']}
      nothingFound={t(isBusy ? 'looking' : 'nothingFound')}
      highlightQuery
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t('search'),
        'aria-label': t('search'),
        onKeyDown: chooseFirst,
      }}
    />
  );
}

/** Enter takes what stands first, unless they have gone to another by the arrows. */
function chooseFirst({ key, currentTarget }: KeyboardEvent<HTMLInputElement>): void {
  const list = key === 'Enter' ? currentTarget.closest('[role="dialog"]') : null;
  if (list?.querySelector('[data-selected]')) return;
  list?.querySelector<HTMLElement>('[data-action]')?.click();
}
