import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '../parts/section.tsx';
import { useEditing } from './editing.ts';
import { LanguageChoice } from './language-choice.tsx';
import { WordField } from './word-field.tsx';

/** Everything that is said around the question, in each language. */
export function TextsPart() {
  const { t } = useTranslation('editor');
  const { content } = useEditing();
  return (
    <Stack gap="xl">
      <Section title={t('texts.title')} says={t('texts.says')}>
        <LanguageChoice />
      </Section>
      <Section title={t('texts.email')}>
        <WordField word="subject" />
        <WordField word="introduction" rows={2} />
        <WordField word="closing" />
        {content.reminders.length > 0 && <WordField word="reminderSubject" />}
      </Section>
      {content.followUp.comment && (
        <Section title={t('texts.comment')} says={t('texts.commentSays')}>
          <WordField word="comment" />
          <WordField word="commentTop" />
          <WordField word="commentMiddle" />
          <WordField word="commentBottom" />
        </Section>
      )}
      <Section title={t('texts.after')}>
        <WordField word="thanks" rows={2} />
        {content.followUp.afterHigh !== undefined && <WordField word="afterHigh" />}
        {content.followUp.mayContact && <WordField word="mayContact" />}
      </Section>
    </Stack>
  );
}
