import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, Outlet, useBlocker, useParams } from 'react-router';
import { useMay } from '../api/me.ts';
import { type SurveyItem, surveyQuery } from '../api/surveys.ts';
import { EditingContext } from '../editor/editing.ts';
import { SaveState, SaveTrouble } from '../editor/save-state.tsx';
import { useDraft } from '../editor/use-draft.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { showSurveyName } from './name.ts';
import { SurveyActions } from './survey-actions.tsx';
import { SurveyStatusBadge } from './survey-status.tsx';
import classes from './surveys.module.css';
import { TestOnMyself } from './test-on-myself.tsx';

/** What the pages of one survey are given by what stands around them. */
export type InFrame = { item: SurveyItem; saveNow: () => Promise<void> };

/** Around all that belongs to one survey: what it is called, whether it asks, and whether what was written is kept. */
export function SurveyFrame() {
  const { key = '' } = useParams();
  const found = useQuery(surveyQuery(key));
  return <Loaded query={found}>{(item) => <Framed key={item.key} item={item} />}</Loaded>;
}

function Framed({ item }: { item: SurveyItem }) {
  const { t } = useTranslation('surveys');
  const { t: editor } = useTranslation('editor');
  const mayWrite = useMay('surveys:write');
  const { state, change, saveNow, takeTheirs, keepMine } = useDraft(item);
  const isReadOnly = item.readOnly || !mayWrite;
  const editing = useMemo(
    () => ({ content: state.content, problems: state.problems, isReadOnly, isPublished: item.version > 0, change }),
    [state, isReadOnly, item.version, change],
  );
  const isStuck = state.status === 'refused' || state.status === 'conflict' || state.status === 'failed';
  const path = `/surveys/${item.key}`;
  const leaving = useBlocker(
    ({ nextLocation }) => isStuck && nextLocation.pathname !== path && !nextLocation.pathname.startsWith(`${path}/`),
  );
  const inFrame: InFrame = { item, saveNow };
  const tabs = [
    ['', 'edit'],
    ['/dry-run', 'dryRun'],
    ['/publish', 'publish'],
    ['/versions', 'versions'],
    ['/start', 'start'],
  ] as const;
  return (
    <EditingContext value={editing}>
      <Stack gap="xs">
        <Anchor component={Link} to="/surveys" size="sm">
          {t('back')}
        </Anchor>
        <ConsolePage
          title={state.content.name ?? showSurveyName(item)}
          says={
            <Group component="span" gap="sm">
              <SurveyStatusBadge item={item} />
              {!isReadOnly && <SaveState status={state.status} />}
            </Group>
          }
          actions={
            <>
              <TestOnMyself item={item} saveNow={saveNow} />
              <SurveyActions item={item} />
            </>
          }
        >
          <nav className={classes.nav} aria-label={t('tabs.label')}>
            {tabs.map(([to, name]) => (
              <NavLink key={name} end to={`${path}${to}`} className={classes.tab ?? ''}>
                {t(`tabs.${name}`)}
              </NavLink>
            ))}
          </nav>
          {item.readOnly && (
            <Alert color="gray" variant="light">
              <Text size="sm">{t('inFileSays')}</Text>
            </Alert>
          )}
          <SaveTrouble
            state={state}
            again={() => void saveNow()}
            takeTheirs={() => void takeTheirs()}
            keepMine={() => void keepMine()}
          />
          <Outlet context={inFrame} />
        </ConsolePage>
      </Stack>
      <AskFirst
        isOpen={leaving.state === 'blocked'}
        close={() => leaving.reset?.()}
        title={editor('leave')}
        says={editor('leaveSays')}
        does={editor('leaveAct')}
        isGrave
        confirm={() => leaving.proceed?.()}
      />
    </EditingContext>
  );
}
