import { Button, Group, Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { meQuery } from '../api/me.ts';
import { Mark } from '../shell/mark.tsx';
import { Shell } from '../shell/shell.tsx';
import classes from './calculators.module.css';

/** Around the calculators: the console for whoever is signed in, and little for everybody else. */
export function CalculatorsFrame() {
  const { t } = useTranslation('signIn');
  const { data: me } = useSuspenseQuery(meQuery);
  if (me) return <Shell />;
  return (
    <main className={classes.ground}>
      <Stack gap="xl" className={classes.outside ?? ''}>
        <Group justify="space-between">
          <Mark />
          <Button component={Link} to="/sign-in" variant="default" size="xs">
            {t('submit')}
          </Button>
        </Group>
        <Outlet />
      </Stack>
    </main>
  );
}
