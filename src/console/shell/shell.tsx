import { AppShell, Burger, Group, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import { meQuery } from '../api/me.ts';
import { Loading } from '../parts/states.tsx';
import { AccountChoices } from './account-choices.tsx';
import { AccountMenu } from './account-menu.tsx';
import { CommandPalette } from './command-palette.tsx';
import { Mark } from './mark.tsx';
import { Menu } from './menu.tsx';
import { PauseBanner } from './pause-banner.tsx';
import { PauseSwitches } from './pause-switches.tsx';
import { SandboxNote } from './sandbox-note.tsx';
import classes from './shell.module.css';
import { TwoFactorNote } from './two-factor-note.tsx';

/** What stands around every page: the menu, the search, the switches for an emergency, and who is signed in. */
export function Shell() {
  const { pathname, search } = useLocation();
  const { data: me } = useSuspenseQuery(meQuery);
  if (!me) return <Navigate replace to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} />;
  return (
    <>
      <AccountChoices />
      <Frame />
    </>
  );
}

function Frame() {
  const { t } = useTranslation('shell');
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu of a phone closes whenever a page was chosen
  useEffect(close, [pathname]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a href="#page" className="skip-link">
        {t('skip')}
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('menu')} />
            <Mark />
          </Group>
          <UnstyledButton className={classes.search} onClick={spotlight.open} visibleFrom="sm">
            <IconSearch size={16} aria-hidden />
            <Text span size="sm">
              {t('search')}
            </Text>
            <kbd className={classes.key}>Ctrl K</kbd>
          </UnstyledButton>
          <Group gap="xs" wrap="nowrap">
            <PauseSwitches />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar}>
        <AppShell.Section grow component={ScrollArea} type="never">
          <Menu />
        </AppShell.Section>
        <AppShell.Section>
          <SandboxNote />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="page" tabIndex={-1} className={classes.main}>
        <TwoFactorNote />
        <PauseBanner />
        <div className={classes.page}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </div>
      </AppShell.Main>
      <CommandPalette />
    </AppShell>
  );
}
