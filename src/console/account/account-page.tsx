import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';
import { ConsolePage } from '../parts/page.tsx';
import { AppearancePanel } from './appearance-panel.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { ProfilePanel } from './profile-panel.tsx';
import { SecondFactorPanel } from './second-factor-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';
import { WorkspacesPanel } from './workspaces-panel.tsx';

/** What is about whoever is signed in, and nobody else's business. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const { workspaces } = useMe();
  return (
    <ConsolePage title={t('title')} says={t('says')}>
      <ProfilePanel />
      <AppearancePanel />
      <PasswordPanel />
      <SecondFactorPanel />
      <SessionsPanel />
      {workspaces.length > 1 && <WorkspacesPanel />}
    </ConsolePage>
  );
}
