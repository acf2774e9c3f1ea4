import { Anchor, Card, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Report } from '../api/reports.ts';
import { ContactLink } from '../parts/links.tsx';
import classes from './home.module.css';

/** Contacts whose answers say that somebody should talk to them, with why. */
export function FlaggedContacts({
  flag,
  of: { count, newest },
}: {
  flag: 'atRisk' | 'advocates';
  of: Report['atRisk'];
}) {
  const { t } = useTranslation('home');
  const titleId = `contacts-${flag}`;
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
          {t(`${flag}.none`)}
        </Text>
      )}
      <ul className={classes.rows}>
        {newest.map(({ id, name, reason }) => (
          <li key={id}>
            <ContactLink id={id} name={name} />
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
