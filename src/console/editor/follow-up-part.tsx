import { Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LateInput } from '../parts/late-input.tsx';
import { Section } from '../parts/section.tsx';
import { usePart } from './editing.ts';

/** What happens after the number is chosen. */
export function FollowUpPart() {
  const { t } = useTranslation('editor');
  const { part, set, problemOf, isReadOnly } = usePart('followUp');
  return (
    <Stack gap="xl">
      <Section title={t('followUp.comment')} says={t('followUp.commentSays')}>
        <Switch
          label={t('followUp.commentLabel')}
          checked={part.comment}
          disabled={isReadOnly}
          onChange={({ currentTarget }) => set({ comment: currentTarget.checked })}
        />
      </Section>
      <Section title={t('followUp.high')} says={t('followUp.highSays')}>
        <LateInput
          label={t('followUp.afterHigh')}
          placeholder="https://"
          type="url"
          value={part.afterHigh}
          set={(afterHigh) => set({ afterHigh })}
          error={problemOf('afterHigh')}
          readOnly={isReadOnly}
        />
      </Section>
      <Section title={t('followUp.low')} says={t('followUp.lowSays')}>
        <Switch
          label={t('followUp.mayContact')}
          checked={part.mayContact}
          disabled={isReadOnly}
          onChange={({ currentTarget }) => set({ mayContact: currentTarget.checked })}
        />
      </Section>
      <Section title={t('followUp.then')} says={t('followUp.thenSays')}>
        <LateInput
          label={t('followUp.redirect')}
          placeholder="https://"
          type="url"
          value={part.redirect}
          set={(redirect) => set({ redirect })}
          error={problemOf('redirect')}
          readOnly={isReadOnly}
        />
      </Section>
    </Stack>
  );
}
