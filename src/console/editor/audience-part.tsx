import { Checkbox, NumberInput, Stack, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { connectedQuery } from '../api/connected.ts';
import { DurationField } from '../parts/duration-field.tsx';
import { Section } from '../parts/section.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { Conditions } from './conditions.tsx';
import { useEditing, usePart } from './editing.ts';

/** Whom it asks, whom it leaves in peace, and how many. */
export function AudiencePart() {
  const { t } = useTranslation('editor');
  const { t: metrics } = useTranslation('metrics');
  const { content } = useEditing();
  const { part, set, problemOf, isReadOnly } = usePart('audience');
  return (
    <Stack gap="xl">
      <Section title={t('audience.conditions')} says={t('audience.conditionsSays')}>
        <Sources />
        <Conditions />
      </Section>
      <Section title={t('audience.unworked')}>
        <Switch
          label={t('audience.askUnanswered')}
          description={t('audience.askUnansweredSays')}
          checked={part.unanswered === 'ask'}
          disabled={isReadOnly}
          onChange={({ currentTarget }) => set({ unanswered: currentTarget.checked ? 'ask' : 'skip' })}
        />
        <Switch
          label={t('audience.askAutomated')}
          description={t('audience.askAutomatedSays')}
          checked={part.closedByAutomation === 'ask'}
          disabled={isReadOnly}
          onChange={({ currentTarget }) => set({ closedByAutomation: currentTarget.checked ? 'ask' : 'skip' })}
        />
      </Section>
      <Section title={t('audience.quiet')} says={t('audience.quietSays')}>
        <DurationField
          label={t('audience.quietPeriod', { metric: metrics(content.metric) })}
          description={t('audience.quietPeriodSays')}
          value={part.quietPeriod}
          set={(quietPeriod) => set({ quietPeriod })}
          error={problemOf('quietPeriod')}
          disabled={isReadOnly}
        />
        <DurationField
          label={t('audience.quietPeriodAcross')}
          value={part.quietPeriodAcross}
          set={(quietPeriodAcross) => set({ quietPeriodAcross })}
          error={problemOf('quietPeriodAcross')}
          disabled={isReadOnly}
        />
        <ChoiceCards
          label={t('audience.whenQuiet')}
          value={part.whenQuiet}
          set={(whenQuiet) => set({ whenQuiet })}
          disabled={isReadOnly}
          options={(['drop', 'defer'] as const).map((value) => ({
            value,
            label: t(`audience.${value}`),
            says: t(`audience.${value}Says`),
          }))}
        />
      </Section>
      <Section title={t('audience.cap')} says={t('audience.capSays')}>
        <Switch
          label={t('audience.capped')}
          checked={part.dailyCap !== null}
          disabled={isReadOnly}
          onChange={({ currentTarget }) => set({ dailyCap: currentTarget.checked ? 500 : null })}
        />
        {part.dailyCap !== null && (
          <NumberInput
            label={t('audience.capLabel')}
            w={200}
            min={1}
            max={1_000_000}
            allowDecimal={false}
            thousandSeparator={' '}
            value={part.dailyCap}
            error={problemOf('dailyCap')}
            readOnly={isReadOnly}
            onChange={(cap) => Number(cap) >= 1 && set({ dailyCap: Number(cap) })}
          />
        )}
      </Section>
    </Stack>
  );
}

/** Which connected accounts it listens to. */
function Sources() {
  const { t } = useTranslation('editor');
  const { part, set, problemOf, isReadOnly } = usePart('audience');
  const { data } = useQuery(connectedQuery);
  const known = data?.items ?? [];
  if (known.length < 2) return null;
  const isSource = ({ id, connector }: (typeof known)[number]) =>
    part.connections === undefined || part.connections.includes(id) || part.connections.includes(connector);
  const sources = known.filter(isSource).map(({ id }) => id);
  return (
    <Checkbox.Group
      label={t('audience.connections')}
      description={t('audience.connectionsSays')}
      error={problemOf('connections')}
      value={sources}
      onChange={(chosen) => {
        if (chosen.length > 0) set({ connections: chosen.length === known.length ? undefined : chosen });
      }}
    >
      <Stack gap="xs" mt="xs">
        {known.map(({ id, title, account }) => (
          <Checkbox
            key={id}
            value={id}
            disabled={isReadOnly || (sources.length === 1 && sources[0] === id)}
            label={t('audience.connection', { connector: title, account: account ?? '' })}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
