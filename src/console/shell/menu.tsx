import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useMe } from '../api/me.ts';
import { pagesFor } from './pages.ts';
import classes from './shell.module.css';

export function Menu() {
  const { t } = useTranslation('shell');
  return (
    <nav aria-label={t('menu')}>
      {pagesFor(useMe().scopes).map(({ group, pages: ofGroup }) => (
        <div key={group ?? 'first'}>
          {group && <Text className={classes.group}>{t(`groups.${group}`)}</Text>}
          {ofGroup.map(({ name, path, icon: Icon }) => (
            <NavLink key={name} to={path} end={path === '/' || path === '/settings'} className={classes.link ?? ''}>
              <Icon size={18} stroke={1.7} aria-hidden />
              {t(`pages.${name}`)}
            </NavLink>
          ))}
        </div>
      ))}
    </nav>
  );
}
