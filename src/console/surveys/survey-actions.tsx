import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBackUp, IconDots, IconEyeOff, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../api/me.ts';
import { type SurveyItem, useChangeSurvey, useDeleteSurvey, useTurn } from '../api/surveys.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import { hasNews, showSurveyName } from './name.ts';

type Act = 'pause' | 'unpublish' | 'delete' | 'discard';

/** What can be done with a survey besides writing it, as far as it is in a state for that. */
export function SurveyActions({ item }: { item: SurveyItem }) {
  const { t } = useTranslation('surveys');
  const mayWrite = useMay('surveys:write');
  const navigate = useNavigate();
  const [asked, ask] = useState<Act>();
  const turn = useTurn(item.key);
  const change = useChangeSurvey(item.key);
  const remove = useDeleteSurvey(item.key);
  const name = showSurveyName(item);
  const isLive = item.status === 'live';
  const isPaused = item.status === 'paused';
  const isDraft = item.version === 0;
  const isChanged = hasNews(item);
  if (!mayWrite || item.readOnly || !(isLive || isPaused || isDraft || isChanged)) return null;

  const done = (message: string) => () => {
    ask(undefined);
    tell(message);
  };
  const acts: Record<Act, () => void> = {
    pause: () => turn.mutate('pause', { onSuccess: done(t('paused', { name })), onError: tellFailure }),
    unpublish: () => turn.mutate('unpublish', { onSuccess: done(t('unpublished', { name })), onError: tellFailure }),
    discard: () => change.mutate({ ...item.published }, { onSuccess: done(t('discarded')), onError: tellFailure }),
    delete: () =>
      remove.mutate(undefined, {
        onSuccess: () => {
          done(t('deleted', { name }))();
          void navigate('/surveys');
        },
        onError: tellFailure,
      }),
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('actions', { name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isLive && (
            <Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={() => ask('pause')}>
              {t('pause')}
            </Menu.Item>
          )}
          {isPaused && (
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} aria-hidden />}
              onClick={() => turn.mutate('resume', { onSuccess: done(t('resumed', { name })), onError: tellFailure })}
            >
              {t('resume')}
            </Menu.Item>
          )}
          {isChanged && (
            <Menu.Item leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => ask('discard')}>
              {t('discard')}
            </Menu.Item>
          )}
          {(isLive || isPaused) && (
            <Menu.Item leftSection={<IconEyeOff size={16} aria-hidden />} onClick={() => ask('unpublish')}>
              {t('unpublish')}
            </Menu.Item>
          )}
          {isDraft && (
            <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => ask('delete')}>
              {t('delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked && (
        <AskFirst
          isOpen
          close={() => ask(undefined)}
          title={t(`${asked}Title`, { name })}
          says={t(`${asked}Says`)}
          does={t(asked)}
          isGrave={asked !== 'pause'}
          isBusy={turn.isPending || change.isPending || remove.isPending}
          confirm={acts[asked]}
        />
      )}
    </>
  );
}
