import { Card, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../api/workspace.ts';
import { Loaded } from '../parts/loaded.tsx';
import { Section } from '../parts/section.tsx';
import { TwoFactorRule } from './two-factor-rule.tsx';
import { WorkspaceForm } from './workspace-form.tsx';

export function WorkspacePage() {
  const { t } = useTranslation('settings');
  return (
    <Card>
      <Section title={t('sections.workspace')} says={t('workspace.says')}>
        <Loaded query={useWorkspace()}>
          {(workspace) => (
            <Stack gap="xl">
              <WorkspaceForm of={workspace} act={t('workspace.save')} />
              <TwoFactorRule of={workspace} />
            </Stack>
          )}
        </Loaded>
      </Section>
    </Card>
  );
}
