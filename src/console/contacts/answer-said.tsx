import { Anchor, Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TimelineItem } from '../api/items.ts';
import { useMay } from '../api/me.ts';
import { useSurveyNames } from '../api/surveys.ts';
import { TicketLink } from '../parts/links.tsx';
import { Rating, Status } from '../parts/rating.tsx';
import { Restore, Retract } from '../responses/retract-restore.tsx';
import classes from './timeline.module.css';

type Answered = Extract<TimelineItem, { kind: 'answered' | 'changed' }>;

/** What they answered, and whether it counts; it may be taken off the record here. */
export function AnswerSaid({ of }: { of: Answered }) {
  const { t } = useTranslation('contacts');
  const { t: metrics } = useTranslation('metrics');
  const { t: responses } = useTranslation('responses');
  const nameOf = useSurveyNames();
  const mayCorrect = useMay('responses:write');
  const [opened, setOpened] = useState<'retract' | 'restore'>();
  const isRestorable = of.status === 'retracted' || of.status === 'quarantined' || of.status === 'unconfirmed';
  const close = () => setOpened(undefined);
  return (
    <>
      <Group gap="sm">
        <Rating rating={of.rating} category={of.category} scale={of.scale} />
        {of.status !== 'confirmed' && <Status of={of.status}>{metrics(`responseStatus.${of.status}`)}</Status>}
      </Group>
      <Text size="sm" c="dimmed" mt={4}>
        {t(`timeline.${of.kind}`)} · {nameOf(of.survey)}
        {of.ticket !== null && (
          <>
            {' · '}
            <TicketLink of={of} isInText />
          </>
        )}
      </Text>
      {of.comment !== null && <p className={classes.comment}>{of.comment}</p>}
      {of.statusReason && (
        <Text size="sm" c="dimmed" mt={4}>
          {of.statusReason.message}
        </Text>
      )}
      <Group gap="md" mt={6}>
        <Anchor component={Link} to={`/responses/${of.response}`} size="sm">
          {t('timeline.open')}
        </Anchor>
        {mayCorrect && of.kind === 'answered' && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => setOpened(isRestorable ? 'restore' : 'retract')}
          >
            {responses(isRestorable ? 'restore.does' : 'retract.does')}
          </Button>
        )}
      </Group>
      <Retract id={of.response} isOpen={opened === 'retract'} close={close} />
      <Restore id={of.response} isOpen={opened === 'restore'} close={close} />
    </>
  );
}
