import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMe } from '../api/me.ts';
import { pagesFor } from './pages.ts';

/** Everything by keyboard: Ctrl K, a few letters, Enter. */
export function CommandPalette() {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const { scopes } = useMe();
  const actions: SpotlightActionData[] = pagesFor(scopes).flatMap(({ pages: ofGroup }) =>
    ofGroup.map(({ name, path, icon: Icon }) => ({
      id: name,
      label: t(`pages.${name}`),
      leftSection: <Icon size={18} stroke={1.7} aria-hidden />,
      onClick: () => void navigate(path),
    })),
  );
  return (
    <Spotlight
      actions={actions}
      shortcut={['mod + K', '/']}
      nothingFound={t('nothingFound')}
      highlightQuery
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden />,
        placeholder: t('search'),
        'aria-label': t('search'),
      }}
    />
  );
}
