import { Card, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DryRun } from '../api/dry-runs.ts';
import listing from '../parts/listing.module.css';
import { Status } from '../parts/rating.tsx';
import { Section } from '../parts/section.tsx';
import { Timestamp } from '../parts/timestamp.tsx';

/** Some tickets with what would have become of them. */
export function Examples({ examples }: { examples: NonNullable<DryRun['findings']>['examples'] }) {
  const { t } = useTranslation('dryRun');
  const { t: metrics } = useTranslation('metrics');
  return (
    <Section title={t('examples')} says={t('examplesSays')}>
      <Card padding={0} className={listing.card}>
        <table className={listing.table}>
          <thead>
            <tr>
              {(['ticket', 'resolvedAt', 'verdict', 'because', 'dueAt'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {examples.map(({ connector, ticket, resolvedAt, verdict, message, dueAt }) => (
              <tr key={`${connector} ${ticket} ${resolvedAt}`}>
                <td data-title={t('columns.ticket')}>
                  {ticket}{' '}
                  <Text span size="xs" c="dimmed">
                    {connector}
                  </Text>
                </td>
                <td data-title={t('columns.resolvedAt')}>
                  <Timestamp at={resolvedAt} />
                </td>
                <td data-title={t('columns.verdict')}>
                  <Status of={verdict}>{metrics(`verdict.${verdict}`)}</Status>
                </td>
                <td data-title={t('columns.because')} data-wide="true">
                  <Text size="sm">{message}</Text>
                </td>
                <td data-title={t('columns.dueAt')}>
                  <Timestamp at={dueAt ?? null} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    </Section>
  );
}
