import { Anchor, Card, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Report } from '../api/reports.ts';
import { PersonLink } from '../parts/links.tsx';
import classes from './home.module.css';

/** People whose answers say that somebody should talk to them, with why. */
export function FlaggedPeople({ flag, of: { count, newest } }: { flag: 'atRisk' | 'advocates'; of: Report['atRisk'] }) {
  const { t } = useTranslation('home');
  const titleId = `people-${flag}`;
  const all = `/contacts?${flag === 'atRisk' ? 'atRisk' : 'advocate'}=true`;
  return (
    <Card component="section" aria-labelledby={titleId}>
      <Group justify="space-between" mb="md">
        <Title order={2} size="h5" id={titleId}>
          {t(`${flag}.title`)}
        </Title>
        {count > newest.length && (
          <Anchor component={Link} to={all} size="sm">
            {t('allOf', { count })}
          </Anchor>
        )}
      </Group>
      {newest.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(`${flag}.nobody`)}
        </Text>
      )}
      <ul className={classes.rows}>
        {newest.map(({ id, name, reason }) => (
          <li key={id}>
            <PersonLink id={id} name={name} />
            {reason !== null && (
              <Text size="xs" c="dimmed">
                {reason}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
