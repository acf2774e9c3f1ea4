import { Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../api/connections.ts';
import { type System, systemTitle } from '../api/systems.ts';
import { CheckButtons } from '../connections/check-buttons.tsx';
import { connectionCondition, toneOfCondition } from '../connections/condition.ts';
import { Findings } from '../connections/findings.tsx';
import { Status } from '../parts/rating.tsx';

/** What was found in each account, and the button that mends it. */
export function CheckStep({ systems }: { systems: readonly System[] }) {
  const { t } = useTranslation('welcome');
  if (systems.length === 0) return <Text size="sm">{t('check.none')}</Text>;
  return (
    <Stack gap="xl">
      <Text size="sm">{t('check.says')}</Text>
      {systems.map((system) => (
        <One key={system.id} of={system} />
      ))}
    </Stack>
  );
}

/** Looked at anew while it is being set up. */
function One({ of: before }: { of: System }) {
  const { t } = useTranslation('connections');
  const of = useConnection(before.id).data ?? before;
  const condition = connectionCondition(of);
  return (
    <Stack gap="xs" component="section" aria-label={systemTitle(of)}>
      <Group gap="sm">
        <Title order={3} size="h5">
          {systemTitle(of)}
        </Title>
        <Status of={toneOfCondition[condition]}>{t(`state.${condition}`)}</Status>
      </Group>
      {condition === 'refused' && <Text size="sm">{of.statusDetail?.message}</Text>}
      <Findings of={of.findings} />
      <CheckButtons of={of} />
    </Stack>
  );
}
