import { Group, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSurveyKeys, useSurveyNames } from '../api/surveys.ts';
import { useClock } from '../parts/clock.ts';
import { dayAfter } from '../parts/filters.ts';
import { lengths, type PeriodLength, type usePeriod } from './period.ts';

/** Which survey, and from when until when. */
export function PeriodChooser({ of: { length, from, until, survey, change } }: { of: ReturnType<typeof usePeriod> }) {
  const { t } = useTranslation('home');
  const { t: parts } = useTranslation('parts');
  const surveys = useSurveyKeys();
  const nameOf = useSurveyNames();
  const clock = useClock();
  function choose(chosen: PeriodLength) {
    if (chosen !== 'custom') {
      change({ days: chosen === '90' ? null : chosen, from: null, until: null });
      return;
    }
    const today = clock.today();
    change({ days: null, from: dayAfter(today, -89), until: today });
  }
  return (
    <Group gap="xs" align="flex-end">
      {surveys.length > 1 && (
        <Select
          aria-label={t('survey')}
          w={200}
          placeholder={t('allSurveys')}
          data={surveys.map((value) => ({ value, label: nameOf(value) }))}
          value={survey}
          onChange={(chosen) => change({ survey: chosen })}
          clearable
        />
      )}
      <SegmentedControl
        aria-label={t('period')}
        value={length}
        onChange={(chosen) => choose(chosen as PeriodLength)}
        data={[...lengths, 'custom' as const].map((value) => ({ value, label: t(`periods.${value}`) }))}
      />
      {length === 'custom' && (
        <>
          <TextInput
            type="date"
            aria-label={parts('from')}
            value={from}
            max={until}
            onChange={({ currentTarget }) => change({ from: currentTarget.value })}
          />
          <TextInput
            type="date"
            aria-label={parts('until')}
            value={until}
            min={from}
            onChange={({ currentTarget }) => change({ until: currentTarget.value })}
          />
        </>
      )}
    </Group>
  );
}
