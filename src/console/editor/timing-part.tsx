import { Group, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DurationField } from '../parts/duration-field.tsx';
import { Section } from '../parts/section.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { usePart, withoutNothing } from './editing.ts';

/** When it asks, waits and stops waiting. */
export function TimingPart() {
  const { t } = useTranslation('editor');
  const { part, set, problemOf, isReadOnly } = usePart('timing');
  const { quietHours } = part;
  return (
    <Stack gap="xl">
      <Section title={t('timing.when')}>
        <DurationField
          label={t('timing.delay')}
          description={t('timing.delaySays')}
          value={part.delay}
          set={(delay) => set({ delay })}
          error={problemOf('delay')}
          disabled={isReadOnly}
        />
        <Switch
          label={t('timing.weekdaysOnly')}
          checked={part.weekdaysOnly}
          disabled={isReadOnly}
          onChange={({ currentTarget }) => set({ weekdaysOnly: currentTarget.checked })}
        />
        <Switch
          label={t('timing.quietHours')}
          description={t('timing.quietHoursSays')}
          checked={quietHours !== undefined}
          disabled={isReadOnly}
          onChange={({ currentTarget }) =>
            set({ quietHours: currentTarget.checked ? { from: '20:00', until: '08:00' } : undefined })
          }
        />
        {quietHours && (
          <Group>
            {(['from', 'until'] as const).map((end) => (
              <TextInput
                key={end}
                type="time"
                label={t(`timing.${end}`)}
                value={quietHours[end]}
                error={problemOf(`quietHours.${end}`) ?? problemOf('quietHours')}
                readOnly={isReadOnly}
                onChange={({ currentTarget }) =>
                  currentTarget.value !== '' && set({ quietHours: { ...quietHours, [end]: currentTarget.value } })
                }
              />
            ))}
          </Group>
        )}
      </Section>
      <Adaptive />
      <Section title={t('timing.end')}>
        <DurationField
          label={t('timing.expires')}
          value={part.expires}
          set={(expires) => set({ expires })}
          error={problemOf('expires')}
          disabled={isReadOnly}
        />
        <ChoiceCards
          label={t('timing.late')}
          value={part.late}
          set={(late) => set({ late })}
          disabled={isReadOnly}
          options={(['refuse', 'accept'] as const).map((value) => ({
            value,
            label: t(`timing.${value}`),
            says: t(`timing.${value}Says`),
          }))}
        />
        <DurationField
          label={t('timing.commentWindow')}
          description={t('timing.commentWindowSays')}
          value={part.commentWindow}
          set={(commentWindow) => set({ commentWindow })}
          error={problemOf('commentWindow')}
          offered={['seconds', 'minutes', 'hours']}
          disabled={isReadOnly}
        />
      </Section>
    </Stack>
  );
}

/** A longer delay for whoever may not be glad to be asked yet. */
function Adaptive() {
  const { t } = useTranslation('editor');
  const { part, set, problemOf, isReadOnly } = usePart('timing');
  const { afterReopening, longTicket } = part.adaptive ?? {};
  const become = (changes: Partial<Record<keyof NonNullable<typeof part.adaptive>, unknown>>) => {
    const after = withoutNothing({ ...part.adaptive, ...changes }) as NonNullable<typeof part.adaptive>;
    set({ adaptive: Object.keys(after).length === 0 ? undefined : after });
  };
  return (
    <Section title={t('timing.adaptive')} says={t('timing.adaptiveSays')}>
      <Switch
        label={t('timing.afterReopening')}
        checked={afterReopening !== undefined}
        disabled={isReadOnly}
        onChange={({ currentTarget }) => become({ afterReopening: currentTarget.checked ? 'P2D' : undefined })}
      />
      {afterReopening !== undefined && (
        <DurationField
          label={t('timing.instead')}
          value={afterReopening}
          set={(delay) => become({ afterReopening: delay })}
          error={problemOf('adaptive.afterReopening')}
          disabled={isReadOnly}
        />
      )}
      <Switch
        label={t('timing.longTicket')}
        checked={longTicket !== undefined}
        disabled={isReadOnly}
        onChange={({ currentTarget }) =>
          become({ longTicket: currentTarget.checked ? { over: 'P7D', delay: 'P2D' } : undefined })
        }
      />
      {longTicket && (
        <Group gap="xl">
          <DurationField
            label={t('timing.over')}
            value={longTicket.over}
            set={(over) => become({ longTicket: { ...longTicket, over } })}
            error={problemOf('adaptive.longTicket.over')}
            offered={['hours', 'days']}
            disabled={isReadOnly}
          />
          <DurationField
            label={t('timing.instead')}
            value={longTicket.delay}
            set={(delay) => become({ longTicket: { ...longTicket, delay } })}
            error={problemOf('adaptive.longTicket.delay')}
            disabled={isReadOnly}
          />
        </Group>
      )}
    </Section>
  );
}
