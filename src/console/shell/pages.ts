import {
  type Icon,
  IconAddressBook,
  IconBell,
  IconCalculator,
  IconGavel,
  IconHistory,
  IconHome,
  IconKey,
  IconMailForward,
  IconMessages,
  IconPlugConnected,
  IconSettings,
  IconStars,
  IconUsers,
} from '@tabler/icons-react';
import type { Scope } from '../../platform/http/scopes.ts';
import type { english } from '../words/english.ts';

type PageName = keyof typeof english.shell.pages;
type GroupName = keyof typeof english.shell.groups;

/** `needs` is what one must be allowed to see it at all. */
type NamedPage = { name: PageName; path: string; icon: Icon; needs?: Scope };

/** What this person can go to. */
export function pagesFor(scopes: readonly Scope[]): typeof pages {
  return pages.map(({ pages: ofGroup, ...group }) => ({
    ...group,
    pages: ofGroup.filter(({ needs }) => needs === undefined || scopes.includes(needs)),
  }));
}

/** The pages as the menu shows them; the first and the last ones stand alone. */
const pages: readonly { group?: GroupName; pages: readonly NamedPage[] }[] = [
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
      { name: 'events', path: '/events', icon: IconBell },
    ],
  },
  {
    group: 'workspace',
    pages: [
      { name: 'team', path: '/team', icon: IconUsers, needs: 'admin' },
      { name: 'settings', path: '/settings', icon: IconSettings },
      { name: 'keys', path: '/settings/keys', icon: IconKey, needs: 'admin' },
      { name: 'audit', path: '/settings/audit', icon: IconHistory, needs: 'admin' },
      { name: 'calculators', path: '/calculators', icon: IconCalculator },
    ],
  },
];
