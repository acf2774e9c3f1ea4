import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AuditItem } from '../api/items.ts';
import { useKeys } from '../api/keys.ts';
import { useMe } from '../api/me.ts';
import { useTeam } from '../api/team.ts';

const pages: Readonly<Record<string, string>> = { contact: '/contacts', response: '/responses', survey: '/surveys' };

/** Too long to be read, and its beginning tells it apart; a survey's key is read whole. */
const identifier = /^[\da-f]{8}-[\da-f]{4}-/u;

/** What it was done to: by name where there is one, with a way there where there is a page. */
export function Subject({ of: { action, subject } }: { of: AuditItem }) {
  const { t } = useTranslation('audit');
  const { workspace } = useMe();
  const { data: team } = useTeam();
  const { data: keys } = useKeys();
  if (subject === workspace) return <>{t('workspace')}</>;
  const named =
    team?.members.find(({ id }) => id === subject)?.name ??
    team?.invitations.find(({ id }) => id === subject)?.email ??
    keys?.find(({ id }) => id === subject)?.name;
  if (named) return <>{named}</>;
  const [noun = '', verb] = action.split('.');
  const shown = identifier.test(subject) ? subject.slice(0, 8) : subject;
  const page = pages[noun];
  if (page === undefined || verb === 'delete' || verb === 'erase') {
    return (
      <Text span size="sm" c="dimmed" title={subject}>
        {shown}
      </Text>
    );
  }
  return (
    <Anchor component={Link} to={`${page}/${encodeURIComponent(subject)}`} size="sm" title={subject}>
      {shown}
    </Anchor>
  );
}
