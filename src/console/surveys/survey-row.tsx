import { ActionIcon, Anchor, Text, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconGripVertical } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SurveyFigures, SurveyItem } from '../api/surveys.ts';
import { showSurveyName } from './name.ts';
import { SurveyActions } from './survey-actions.tsx';
import { SurveyStatusBadge } from './survey-status.tsx';
import classes from './surveys.module.css';

type Props = {
  item: SurveyItem;
  figures: SurveyFigures | undefined;
  /** Nothing where its place cannot be changed. */
  move: ((by: -1 | 1) => void) | undefined;
  /** Takes the place of this one. */
  drop: (key: string) => void;
  isFirst: boolean;
  isLast: boolean;
};

const dragged = 'application/x-scoreback-survey';

export function SurveyTableRow({ item, figures, move, drop, isFirst, isLast }: Props) {
  const { t } = useTranslation('surveys');
  const { t: metrics } = useTranslation('metrics');
  const [isOver, setOver] = useState(false);
  const name = showSurveyName(item);
  const accepts = (event: DragEvent) => {
    if (!move || !event.dataTransfer.types.includes(dragged)) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <li
      className={classes.row}
      data-over={isOver}
      draggable={move !== undefined}
      onDragStart={(event) => event.dataTransfer.setData(dragged, item.key)}
      onDragOver={accepts}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        drop(event.dataTransfer.getData(dragged));
      }}
    >
      <div className={classes.handle}>
        {move && (
          <>
            <IconGripVertical size={18} className={classes.grip} aria-hidden />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('up', { name })}
              disabled={isFirst}
              onClick={() => move(-1)}
            >
              <IconChevronUp size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('down', { name })}
              disabled={isLast}
              onClick={() => move(1)}
            >
              <IconChevronDown size={16} aria-hidden />
            </ActionIcon>
          </>
        )}
      </div>
      <div className={classes.name}>
        <Anchor component={Link} to={`/surveys/${item.key}`} fw={600} c="inherit" underline="hover">
          {name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {metrics(item.metric)} · {item.key}
          {item.version > 0 && ` · ${t('version', { version: item.version })}`}
        </Text>
      </div>
      <div className={classes.status}>
        {item.readOnly ? (
          <Tooltip label={t('inFileSays')}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what it says more is said to whoever goes by keyboard */}
            <div tabIndex={0}>
              <SurveyStatusBadge item={item} />
            </div>
          </Tooltip>
        ) : (
          <SurveyStatusBadge item={item} />
        )}
      </div>
      <Figures metric={item.metric} figures={figures} />
      <div className={classes.actions}>
        <SurveyActions item={item} />
      </div>
    </li>
  );
}

/** Its score with how many answers it rests on: a score alone says little. */
function Figures({ metric, figures }: { metric: SurveyItem['metric']; figures: SurveyFigures | undefined }) {
  const { t, i18n } = useTranslation('surveys');
  const [score] = figures?.scores ?? [];
  if (!figures) return <div className={classes.figure} />;
  if (!score) {
    return (
      <Text size="sm" c="dimmed" className={classes.figure}>
        {t('noAnswers')}
      </Text>
    );
  }
  const format = new Intl.NumberFormat(
    i18n.language,
    metric === 'nps'
      ? { maximumFractionDigits: 0, signDisplay: 'exceptZero' }
      : { maximumFractionDigits: 1, minimumFractionDigits: 1 },
  );
  return (
    <div className={`figure ${classes.figure}`}>
      <Text fw={650} size="lg" lh={1.2} aria-label={`${t('score')} ${format.format(score.score.value)}`}>
        {format.format(score.score.value)}
      </Text>
      <Text size="xs" c="dimmed">
        {t('answers', { count: score.answers })}
      </Text>
    </div>
  );
}
