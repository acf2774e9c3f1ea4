import { Alert, Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '../api/me.ts';

/** For an admin who may only look until they have a second factor. */
export function TwoFactorNote() {
  const { t } = useTranslation('shell');
  if (!useMe().user?.twoFactorMissing) return null;
  return (
    <Alert color="yellow" variant="light" mb="md">
      {t('twoFactorMissing')}{' '}
      <Anchor component={Link} to="/account" size="sm" underline="always">
        {t('twoFactorTurnOn')}
      </Anchor>
    </Alert>
  );
}
