import { Anchor, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DryRun } from '../api/dry-runs.ts';
import { Status } from '../parts/rating.tsx';
import { Section } from '../parts/section.tsx';
import { Timestamp } from '../parts/timestamp.tsx';

/** The runs before, to compare with. */
export function EarlierRuns({ runs, shown }: { runs: readonly DryRun[]; shown: string }) {
  const { t } = useTranslation('dryRun');
  const others = runs.filter(({ id }) => id !== shown);
  if (others.length === 0) return null;
  return (
    <Section title={t('earlier')}>
      <Stack gap="xs">
        {others.map(({ id, status, createdAt, findings }) => (
          <Group key={id} gap="sm">
            <Anchor component={Link} to={`?run=${id}`} size="sm">
              <Timestamp at={createdAt} />
            </Anchor>
            <Status of={status}>{t(`status.${status}`)}</Status>
            {findings && (
              <Text size="sm" c="dimmed" className="figure">
                {t('earlierLine', { asked: findings.asked, resolutions: findings.resolutions })}
              </Text>
            )}
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
