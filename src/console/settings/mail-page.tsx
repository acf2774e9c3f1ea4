import { Anchor, Card, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMail } from '../api/mail.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Section } from '../parts/section.tsx';
import { MailState } from './mail-state.tsx';

export function MailPage() {
  const { t } = useTranslation('settings');
  return (
    <Card>
      <Section title={t('sections.mail')} says={t('mail.says')}>
        <Loaded query={useMail()} rows={3}>
          {(state) => <MailState of={state} />}
        </Loaded>
        <Text size="sm" c="dimmed">
          {t('mail.brands')}{' '}
          <Anchor component={Link} to="/surveys/brands" underline="always" size="sm">
            {t('sections.brands')}
          </Anchor>
        </Text>
      </Section>
    </Card>
  );
}
