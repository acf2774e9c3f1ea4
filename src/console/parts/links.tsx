import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSystemTitle } from '../api/systems.ts';

/** Leads to a contact; whoever has no name is told by what else is known. */
export function ContactLink({ id, name, otherwise }: { id: string; name: string | null; otherwise?: string | null }) {
  const { t } = useTranslation('parts');
  return (
    <Anchor component={Link} to={`/contacts/${id}`} size="sm" fw={500}>
      {name ?? otherwise ?? t('noName')}
    </Anchor>
  );
}

export type OfTicket = { ticket: string | null; connection: string | null; connector: string | null };

/** Leads to whatever was decided of a ticket. Among other words it is underlined, for whoever sees no colors. */
export function TicketLink({ of, isInText = false }: { of: OfTicket; isInText?: boolean }) {
  const { t } = useTranslation('parts');
  const titleOf = useSystemTitle();
  if (of.ticket === null) {
    return (
      <Text span size="sm" c="dimmed">
        {t('noTicket')}
      </Text>
    );
  }
  const search = new URLSearchParams({ ticket: of.ticket, ...(of.connection ? { connection: of.connection } : {}) });
  return (
    <Anchor component={Link} to={`/decisions?${search}`} size="sm" underline={isInText ? 'always' : 'hover'}>
      {titleOf(of)} {of.ticket}
    </Anchor>
  );
}
