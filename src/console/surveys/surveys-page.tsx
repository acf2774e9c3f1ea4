import { Button, Card, VisuallyHidden } from '@mantine/core';
import { IconPlus, IconStars, IconTag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../api/me.ts';
import { queries } from '../api/queries.ts';
import { type SurveyItem, surveysQuery, useArrangeSurveys, useSurveyScores } from '../api/surveys.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { Empty } from '../parts/states.tsx';
import { tellFailure } from '../parts/tell.ts';
import { showSurveyName } from './name.ts';
import { SurveyTableRow } from './survey-row.tsx';
import classes from './surveys.module.css';

export function SurveysPage() {
  const { t } = useTranslation('surveys');
  const mayWrite = useMay('surveys:write');
  const found = useQuery(surveysQuery);
  const create = mayWrite && (
    <Button component={Link} to="/surveys/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('new')}
    </Button>
  );
  return (
    <ConsolePage
      title={t('title')}
      says={t('says')}
      actions={
        <>
          <Button
            component={Link}
            to="/surveys/brands"
            variant="default"
            leftSection={<IconTag size={16} aria-hidden />}
          >
            {t('brands')}
          </Button>
          {create}
        </>
      }
    >
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon={IconStars} title={t('empty')} says={t('emptySays')} action={create} />
          ) : (
            <InOrder items={items} />
          )
        }
      </Loaded>
    </ConsolePage>
  );
}

/** The surveys in the order in which they may ask; it is changed by dragging, or by the arrows. */
function InOrder({ items }: { items: readonly SurveyItem[] }) {
  const { t } = useTranslation('surveys');
  const mayWrite = useMay('surveys:write');
  const arrange = useArrangeSurveys();
  const figures = useSurveyScores(items.filter(({ version }) => version > 0).map(({ key }) => key));
  const [said, say] = useState('');
  const movable = items.filter(({ readOnly }) => !readOnly);

  const place = (key: string, to: number) => {
    const from = movable.findIndex((one) => one.key === key);
    const item = movable[from];
    if (!item || from === to) return;
    const others = movable.filter((one) => one !== item);
    const after = [...others.slice(0, to), item, ...others.slice(to)];
    // Shown at once; the server says the same in a moment.
    queries.setQueryData(surveysQuery.queryKey, { items: [...items.filter(({ readOnly }) => readOnly), ...after] });
    say(t('moved', { name: showSurveyName(item), position: to + 1 }));
    arrange.mutate(
      after.map((one) => one.key),
      { onError: tellFailure },
    );
  };
  return (
    <Card padding={0}>
      <ol className={classes.list}>
        {items.map((item) => {
          const at = movable.indexOf(item);
          return (
            <SurveyTableRow
              key={item.key}
              item={item}
              figures={figures.get(item.key)}
              move={mayWrite && at >= 0 && movable.length > 1 ? (by) => place(item.key, at + by) : undefined}
              drop={(key) => place(key, at)}
              isFirst={at === 0}
              isLast={at === movable.length - 1}
            />
          );
        })}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </Card>
  );
}
