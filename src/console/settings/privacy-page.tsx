import { Button, Card, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../api/me.ts';
import { useWorkspace } from '../api/workspace.ts';
import { LiftSuppression } from '../contacts/lift-suppression.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Section } from '../parts/section.tsx';
import { Retention } from './retention.tsx';

export function PrivacyPage() {
  const { t } = useTranslation('settings');
  const mayLift = useMay('contacts:write');
  return (
    <>
      <Card>
        <Section title={t('privacy.retention')} says={t('privacy.retentionSays')}>
          <Loaded query={useWorkspace()} rows={2}>
            {(workspace) => <Retention key={workspace.retention} of={workspace} />}
          </Loaded>
        </Section>
      </Card>
      <Card>
        <Section title={t('privacy.lift')} says={t('privacy.liftSays')}>
          <Group>{mayLift ? <LiftSuppression /> : <Text size="sm">{t('privacy.mayNotLift')}</Text>}</Group>
        </Section>
      </Card>
      <Card>
        <Section title={t('privacy.contacts')} says={t('privacy.contactsSays')}>
          <Group>
            <Button component={Link} to="/contacts" variant="default">
              {t('privacy.toContacts')}
            </Button>
          </Group>
        </Section>
      </Card>
    </>
  );
}
