import { Anchor, Card, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useContact } from '../api/contacts.ts';
import type { ContactDetails } from '../api/items.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { Records } from '../parts/records.tsx';
import { ContactActions } from './contact-actions.tsx';
import { ContactScores } from './contact-scores.tsx';
import { Flags } from './flags.tsx';
import { NextAsking } from './next-asking.tsx';
import { Timeline } from './timeline.tsx';

/** Everything between one contact and us. */
export function ContactPage() {
  const { id = '' } = useParams();
  return (
    <Loaded key={id} query={useContact(id)}>
      {(contact) => <Shown of={contact} />}
    </Loaded>
  );
}

function Shown({ of }: { of: ContactDetails }) {
  const { t } = useTranslation('contacts');
  const { t: parts } = useTranslation('parts');
  const reason = of.crmFields?.feedback_flag_reason;
  return (
    <ConsolePage
      title={of.name ?? of.emails[0] ?? parts('noName')}
      says={
        <Stack gap={6} component="span" display="flex">
          <Text span inherit>
            <KnownOf of={of} />
          </Text>
          <Flags of={of} />
        </Stack>
      }
      actions={<ContactActions of={of} />}
    >
      {typeof reason === 'string' && (
        <Text size="sm" maw={640}>
          {reason}
        </Text>
      )}
      <ContactScores of={of} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 5, lg: 4 }} order={{ base: 1, md: 2 }}>
          <Stack gap="lg">
            <Card>
              <Title order={2} size="h5" mb="md">
                {t('next.title')}
              </Title>
              <NextAsking of={of} />
            </Card>
            <Card>
              <Title order={2} size="h5" mb="md">
                {t('records')}
              </Title>
              <Records records={of.records} />
            </Card>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7, lg: 8 }} order={{ base: 2, md: 1 }}>
          <Timeline of={of} />
        </Grid.Col>
      </Grid>
    </ConsolePage>
  );
}

function KnownOf({ of: { emails, company, language, timeZone, name } }: { of: ContactDetails }) {
  const { i18n } = useTranslation();
  const languages = new Intl.DisplayNames([i18n.language], { type: 'language' });
  const rest = [company, language === null ? null : languages.of(language), timeZone].filter((part) => part);
  const addresses = name === null ? emails.slice(1) : emails;
  return (
    <Group gap={6} component="span" display="inline-flex">
      {addresses.map((address) => (
        <Anchor key={address} href={`mailto:${address}`} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {address}
        </Anchor>
      ))}
      {rest.length > 0 && (
        <Text span size="sm">
          {addresses.length > 0 && '· '}
          {rest.join(' · ')}
        </Text>
      )}
    </Group>
  );
}
