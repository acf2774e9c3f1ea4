import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '../api/items.ts';
import { useSurveyNames } from '../api/surveys.ts';
import { useSystemTitle } from '../api/systems.ts';
import { type OfTicket, TicketLink } from '../parts/links.tsx';
import { Timestamp } from '../parts/timestamp.tsx';
import { AnswerSaid } from './answer-said.tsx';

/** What happened, in words. */
export function HappeningSaid({ of }: { of: TimelineItem }) {
  const { t, i18n } = useTranslation('contacts');
  const nameOf = useSurveyNames();
  const titleOf = useSystemTitle();
  switch (of.kind) {
    case 'decided':
      return (
        <Line says={t(`timeline.decided.${of.verdict}`)} about={of}>
          {of.message}
        </Line>
      );
    case 'scheduled':
      return (
        <Line says={t('timeline.scheduled')} about={of}>
          {of.status === 'scheduled' && of.dueAt !== null && (
            <>
              {t('timeline.due')} <Timestamp at={of.dueAt} />.{' '}
            </>
          )}
          {of.waitingFor?.message}
        </Line>
      );
    case 'sent':
      return (
        <Line says={t('timeline.sent', { email: of.email })} about={of}>
          {of.remindersSent > 0 && t('timeline.reminders', { count: of.remindersSent })}
        </Line>
      );
    case 'opened': {
      const tapped = new Intl.ListFormat(i18n.language).format(of.tapped.map(String));
      const told = [
        of.tapped.length > 0 && t('timeline.tapped', { numbers: tapped }),
        of.byPrograms > 0 && t('timeline.byPrograms', { count: of.byPrograms }),
      ].filter((part) => typeof part === 'string');
      return (
        <Line says={t('timeline.opened', { count: of.times })} about={of}>
          {told.join(' ')}
        </Line>
      );
    }
    case 'ended':
      return (
        <Line says={t(`timeline.ended.${of.status}`)} about={of}>
          {of.endReason?.message}
        </Line>
      );
    case 'unsubscribed':
      return (
        <Line
          says={
            of.survey === null
              ? t('timeline.unsubscribed')
              : t('timeline.unsubscribedFrom', { survey: nameOf(of.survey) })
          }
        />
      );
    case 'answered':
    case 'changed':
      return <AnswerSaid of={of} />;
    case 'corrected':
    case 'retracted':
    case 'restored':
      return <Line says={t(`timeline.${of.kind}`, { who: of.actorName ?? of.actor })} />;
    case 'written': {
      const system = titleOf(of);
      const isWritten = of.outcome?.code === 'written';
      return (
        <Line says={isWritten ? t('timeline.written', { system }) : t('timeline.notWritten', { system })}>
          {!isWritten && of.outcome?.message}
          {of.failed && ` ${t('timeline.failed')}`}
        </Line>
      );
    }
    case 'edited': {
      const fields = new Intl.ListFormat(i18n.language).format(of.fields.map((field) => wordOfField(field, t)));
      const who = of.actorName ?? of.actor;
      return (
        <Line says={fields === '' ? t('timeline.edited', { who }) : t('timeline.editedFields', { who, fields })} />
      );
    }
  }
}

const fieldNames = ['test', 'doNotSurvey', 'language', 'timeZone', 'bounce', 'complaint'] as const;

type Words = ReturnType<typeof useTranslation<'contacts'>>['t'];

function wordOfField(field: string, t: Words): string {
  const known = fieldNames.find((name) => name === field);
  return known === undefined ? field : t(`timeline.fields.${known}`);
}

type About = OfTicket & { survey: string | null };

function Line({ says, about, children }: { says: string; about?: About; children?: ReactNode }) {
  const nameOf = useSurveyNames();
  return (
    <>
      <Text span size="sm" fw={550}>
        {says}
      </Text>
      {about && (
        <Text span size="sm" c="dimmed">
          {about.survey !== null && ` · ${nameOf(about.survey)}`}
          {about.ticket !== null && (
            <>
              {' · '}
              <TicketLink of={about} isInText />
            </>
          )}
        </Text>
      )}
      {children && (
        <Text size="sm" c="dimmed">
          {children}
        </Text>
      )}
    </>
  );
}
