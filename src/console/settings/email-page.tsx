import { Anchor, Card, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useEmailState } from '../api/email.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Section } from '../parts/section.tsx';
import { EmailStateList } from './email-state.tsx';

export function EmailPage() {
  const { t } = useTranslation('settings');
  return (
    <Card>
      <Section title={t('sections.email')} says={t('email.says')}>
        <Loaded query={useEmailState()} rows={3}>
          {(state) => <EmailStateList of={state} />}
        </Loaded>
        <Text size="sm" c="dimmed">
          {t('email.brands')}{' '}
          <Anchor component={Link} to="/surveys/brands" underline="always" size="sm">
            {t('sections.brands')}
          </Anchor>
        </Text>
      </Section>
    </Card>
  );
}
