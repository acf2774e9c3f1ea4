import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { useMe } from '../api/me.ts';
import { ConsolePage } from '../parts/page.tsx';
import { sections } from './sections.ts';
import classes from './settings.module.css';

/** Around every section of the settings: what else there is. */
export function SettingsFrame() {
  const { t } = useTranslation('settings');
  const { scopes } = useMe();
  const seen = sections.filter((section) => !('needs' in section) || scopes.includes(section.needs));
  return (
    <ConsolePage title={t('title')}>
      <div className={classes.frame}>
        <nav aria-label={t('sections.label')} className={classes.sections}>
          {seen.map(({ name, path }) => (
            <NavLink key={name} to={path} end className={classes.section ?? ''}>
              {t(`sections.${name}`)}
            </NavLink>
          ))}
        </nav>
        <div className={classes.content}>
          <Outlet />
        </div>
      </div>
    </ConsolePage>
  );
}
