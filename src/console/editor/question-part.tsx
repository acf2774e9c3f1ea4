import { Alert, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SurveyMetric } from '../api/surveys.ts';
import { Section } from '../parts/section.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { useEditing, usePart } from './editing.ts';
import { LanguageChoice } from './language-choice.tsx';
import { WordField } from './word-field.tsx';

/** The highest points that a metric is offered with, the usual one first; and how long after a ticket one asks. */
const usual: Record<SurveyMetric, { highest: readonly [number, ...number[]]; delay: string }> = {
  nps: { highest: [10], delay: 'PT24H' },
  csat: { highest: [5, 3, 7, 10], delay: 'PT15M' },
  ces: { highest: [7, 5], delay: 'PT2H' },
};

/** What is asked, and from which to which number. */
export function QuestionPart() {
  const { t } = useTranslation('editor');
  const { content, problems, isReadOnly, isPublished, change } = useEditing();
  const { part, set, problemOf } = usePart('texts');
  const isFixed = isReadOnly || isPublished;

  const choose = (metric: SurveyMetric) => {
    const hasUsualDelay = content.timing.delay === usual[content.metric].delay;
    change({
      metric,
      scale: usual[metric].highest[0],
      ...(hasUsualDelay ? { timing: { ...content.timing, delay: usual[metric].delay } } : {}),
    });
  };
  return (
    <Stack gap="xl">
      <Section title={t('question.name')} says={t('question.nameSays')}>
        <TextInput
          label={t('question.nameLabel')}
          value={content.name ?? ''}
          placeholder={t('question.namePlaceholder')}
          error={problems.name}
          readOnly={isReadOnly}
          maxLength={120}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
      </Section>
      <Section title={t('question.metric')} says={t('question.metricSays')}>
        {isPublished && !isReadOnly && (
          <Alert color="gray" variant="light">
            <Text size="sm">{t('question.fixed')}</Text>
          </Alert>
        )}
        <ChoiceCards
          label={t('question.metricLabel')}
          value={content.metric}
          set={choose}
          disabled={isFixed}
          error={problems.metric}
          options={(['nps', 'csat', 'ces'] as const).map((value) => ({
            value,
            label: t(`question.metrics.${value}`),
            says: t(`question.metrics.${value}Says`),
          }))}
        />
        {usual[content.metric].highest.length > 1 && (
          <div>
            <Text size="sm" fw={500} id="scale-label" mb={6}>
              {t('question.scale')}
            </Text>
            <SegmentedControl
              aria-labelledby="scale-label"
              value={String(content.scale)}
              disabled={isFixed}
              onChange={(scale) => change({ scale: Number(scale) })}
              data={[...usual[content.metric].highest]
                .sort((one, other) => one - other)
                .map((highest) => ({ value: String(highest), label: t('question.points', { highest }) }))}
            />
          </div>
        )}
      </Section>
      <Section title={t('question.words')} says={t('question.wordsSays')}>
        <TextInput
          label={t('question.company')}
          description={t('question.companySays')}
          value={part.company === 'us' ? '' : part.company}
          placeholder={t('question.companyPlaceholder')}
          error={problemOf('company')}
          readOnly={isReadOnly}
          onChange={({ currentTarget }) => set({ company: currentTarget.value === '' ? 'us' : currentTarget.value })}
        />
        <LanguageChoice />
        <WordField word="question" rows={2} />
        {content.metric === 'nps' && <WordField word="audience" />}
      </Section>
    </Stack>
  );
}
