import { Alert, Button, Center, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import { type Icon, IconAlertTriangle, IconInbox, IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { failureSentence, isProblem } from '../api/problem.ts';

/** Nothing to see, said with what to do about it. */
export function Empty({
  title,
  says,
  action,
  icon: Shown = IconInbox,
}: {
  title: string;
  says?: ReactNode;
  action?: ReactNode;
  icon?: Icon;
}) {
  return (
    <Center py={56} px="md">
      <Stack align="center" gap="sm" maw={440} ta="center">
        <ThemeIcon size={52} radius="xl" variant="light" color="gray">
          <Shown size={26} stroke={1.6} aria-hidden />
        </ThemeIcon>
        <Text fw={600}>{title}</Text>
        {says && (
          <Text c="dimmed" size="sm">
            {says}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}

/** What went wrong, in the server's own sentence; or that they may not. */
export function FailureNote({ failure, again }: { failure: unknown; again?: () => void }) {
  const { t } = useTranslation('parts');
  if (isProblem(failure, 403)) return <Empty icon={IconLock} title={t('mayNot')} says={t('mayNotSays')} />;
  return (
    <Alert color="red" variant="light" title={t('failed')} icon={<IconAlertTriangle aria-hidden />} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{failureSentence(failure)}</Text>
        {again && (
          <Button size="xs" color="red" variant="light" onClick={again}>
            {t('tryAgain')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** The place of what is on its way. */
export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation('parts');
  const widths = Array.from({ length: rows }, (_, row) => 92 - ((row * 17) % 34));
  return (
    <Stack gap="sm" aria-busy aria-label={t('loading')} role="status">
      {widths.map((width, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never change places
        <Skeleton key={row} height={18} width={`${width}%`} radius="sm" />
      ))}
    </Stack>
  );
}
