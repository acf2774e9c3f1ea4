import { Input, SegmentedControl, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SettingsPanel } from '../parts/panel.tsx';
import { useColorChoice, useLanguageChoice } from '../shell/choices.ts';

export function AppearancePanel() {
  const { t } = useTranslation('account');
  const colors = useColorChoice();
  const language = useLanguageChoice();
  return (
    <SettingsPanel title={t('appearance.title')} says={t('appearance.says')}>
      <Stack maw={420}>
        <Select label={t('appearance.language')} allowDeselect={false} {...language} />
        <Input.Wrapper label={t('appearance.colors')} labelElement="div">
          <SegmentedControl fullWidth mt={4} aria-label={t('appearance.colors')} {...colors} />
        </Input.Wrapper>
      </Stack>
    </SettingsPanel>
  );
}
