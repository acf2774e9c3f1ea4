import { Card } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { System } from '../api/systems.ts';
import { Section } from '../parts/section.tsx';
import { CheckButtons } from './check-buttons.tsx';
import { Findings } from './findings.tsx';

/** What was found in the account, and how it is mended. */
export function FindingsPart({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  return (
    <Card>
      <Section title={t('findings.title')}>
        <Findings of={of.findings} isStopped={of.status === 'unauthorized'} />
        <CheckButtons of={of} />
      </Section>
    </Card>
  );
}
