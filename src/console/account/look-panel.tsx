import { Input, SegmentedControl, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../parts/panel.tsx';
import { useColourChoice, useLanguageChoice } from '../shell/choices.ts';

export function LookPanel() {
  const { t } = useTranslation('account');
  const colours = useColourChoice();
  const language = useLanguageChoice();
  return (
    <Panel title={t('look.title')} says={t('look.says')}>
      <Stack maw={420}>
        <Select label={t('look.language')} allowDeselect={false} {...language} />
        <Input.Wrapper label={t('look.colours')} labelElement="div">
          <SegmentedControl fullWidth mt={4} aria-label={t('look.colours')} {...colours} />
        </Input.Wrapper>
      </Stack>
    </Panel>
  );
}
