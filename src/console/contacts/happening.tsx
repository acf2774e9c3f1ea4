import { ThemeIcon } from '@mantine/core';
import {
  type Icon,
  IconArrowBackUp,
  IconBellOff,
  IconCalendarTime,
  IconDatabaseExport,
  IconEraser,
  IconGavel,
  IconMail,
  IconMailOff,
  IconMailOpened,
  IconMessage,
  IconPencil,
} from '@tabler/icons-react';
import type { TimelineItem as Happened } from '../api/items.ts';
import { useClock } from '../parts/clock.ts';
import { HappeningSaid } from './happening-said.tsx';
import classes from './timeline.module.css';

const icons: Record<Happened['kind'], Icon> = {
  decided: IconGavel,
  scheduled: IconCalendarTime,
  sent: IconMail,
  opened: IconMailOpened,
  ended: IconMailOff,
  unsubscribed: IconBellOff,
  answered: IconMessage,
  changed: IconMessage,
  corrected: IconPencil,
  retracted: IconEraser,
  restored: IconArrowBackUp,
  written: IconDatabaseExport,
  edited: IconPencil,
};

const isAnswer = (kind: Happened['kind']) => kind === 'answered' || kind === 'changed';

/** One thing that happened, at its time of the day. */
export function TimelineEntry({ of }: { of: Happened }) {
  const { time } = useClock();
  const Shown = icons[of.kind];
  return (
    <li className={classes.happening}>
      <ThemeIcon size={30} radius="xl" variant="light" color={isAnswer(of.kind) ? 'iris' : 'gray'}>
        <Shown size={16} stroke={1.7} aria-hidden />
      </ThemeIcon>
      <div className={classes.said}>
        <HappeningSaid of={of} />
      </div>
      <time className={classes.at} dateTime={of.at}>
        {time(of.at)}
      </time>
    </li>
  );
}
