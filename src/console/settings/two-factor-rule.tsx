import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/me.ts';
import { useRequireTwoFactor, type WorkspaceSettings } from '../api/workspace.ts';
import { tell, tellFailure } from '../parts/tell.ts';

/** Whether owners and admins need a second factor to change anything. */
export function TwoFactorRule({ of: { requireTwoFactor } }: { of: WorkspaceSettings }) {
  const { t } = useTranslation('settings');
  const mayChange = useMay('admin');
  const change = useRequireTwoFactor();
  return (
    <Switch
      label={t('workspace.requireTwoFactor')}
      description={t('workspace.requireTwoFactorSays')}
      checked={requireTwoFactor}
      disabled={!mayChange || change.isPending}
      onChange={({ currentTarget: { checked } }) =>
        change.mutate(checked, { onSuccess: () => tell(t('workspace.saved')), onError: tellFailure })
      }
    />
  );
}
