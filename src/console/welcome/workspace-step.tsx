import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { WorkspaceSettings } from '../api/workspace.ts';
import { WorkspaceForm } from '../settings/workspace-form.tsx';

export function WorkspaceStep({ of }: { of: WorkspaceSettings }) {
  const { t } = useTranslation('welcome');
  const { t: parts } = useTranslation('parts');
  const [, setParams] = useSearchParams();
  return (
    <Stack gap="md">
      <Text size="sm">{t('workspace.says')}</Text>
      {/* Saved, the next step opens. */}
      <WorkspaceForm of={of} act={parts('save')} done={() => setParams({ step: 'email' }, { replace: true })} />
    </Stack>
  );
}
