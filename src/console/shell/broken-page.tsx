import { Button, Center } from '@mantine/core';
import { IconBug, IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { Problem } from '../api/problem.ts';
import { Empty, FailureNote } from '../parts/states.tsx';

/** What is shown where a page could not be. */
export function BrokenPage() {
  const { t } = useTranslation('parts');
  const failure = useRouteError();
  if (isRouteErrorResponse(failure) && failure.status === 404) return <NoSuchPage />;
  const reload = () => window.location.reload();
  return (
    <Center mih="60dvh" p="md">
      {failure instanceof Problem ? (
        <FailureNote failure={failure} again={reload} />
      ) : (
        <Empty
          icon={IconBug}
          title={t('broken')}
          says={t('brokenSays')}
          action={<Button onClick={reload}>{t('reload')}</Button>}
        />
      )}
    </Center>
  );
}

export function NoSuchPage() {
  const { t } = useTranslation('parts');
  return (
    <Empty
      icon={IconMapOff}
      title={t('notFound')}
      says={t('notFoundSays')}
      action={
        <Button component={Link} to="/" variant="light">
          {t('home')}
        </Button>
      }
    />
  );
}
