import {
  type Icon,
  IconAddressBook,
  IconBell,
  IconCalculator,
  IconGavel,
  IconHome,
  IconMailForward,
  IconMessages,
  IconPlugConnected,
  IconSettings,
  IconStars,
  IconUsers,
} from '@tabler/icons-react';
import type { english } from '../words/english.ts';

export type PageName = keyof typeof english.shell.pages;
export type GroupName = keyof typeof english.shell.groups;

export type NamedPage = { name: PageName; path: string; icon: Icon };

/** The pages as the menu shows them; the first and the last ones stand alone. */
export const pages: readonly { group?: GroupName; pages: readonly NamedPage[] }[] = [
  { pages: [{ name: 'home', path: '/', icon: IconHome }] },
  {
    group: 'feedback',
    pages: [
      { name: 'responses', path: '/responses', icon: IconMessages },
      { name: 'contacts', path: '/contacts', icon: IconAddressBook },
    ],
  },
  {
    group: 'asking',
    pages: [
      { name: 'surveys', path: '/surveys', icon: IconStars },
      { name: 'decisions', path: '/decisions', icon: IconGavel },
      { name: 'deliveries', path: '/deliveries', icon: IconMailForward },
    ],
  },
  {
    group: 'systems',
    pages: [
      { name: 'connections', path: '/connections', icon: IconPlugConnected },
      { name: 'notices', path: '/notices', icon: IconBell },
    ],
  },
  {
    group: 'workspace',
    pages: [
      { name: 'team', path: '/team', icon: IconUsers },
      { name: 'settings', path: '/settings', icon: IconSettings },
      { name: 'calculators', path: '/calculators', icon: IconCalculator },
    ],
  },
];
