import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { failureSentence } from '../api/problem.ts';
import type { DraftState } from './draft.ts';
import { partWithField } from './field-part.ts';

/** Whether what stands in the form is kept. */
export function SaveState({ status }: { status: DraftState['status'] }) {
  const { t } = useTranslation('editor');
  const icons = {
    saved: <IconCheck size={16} aria-hidden />,
    changed: <IconPencil size={16} aria-hidden />,
    saving: <Loader size={14} aria-hidden />,
    refused: <IconAlertTriangle size={16} aria-hidden />,
    conflict: <IconAlertTriangle size={16} aria-hidden />,
    failed: <IconAlertTriangle size={16} aria-hidden />,
  };
  const isBad = status === 'refused' || status === 'conflict' || status === 'failed';
  return (
    <Group gap={6} wrap="nowrap" role="status" c={isBad ? 'var(--mantine-color-error)' : 'dimmed'}>
      {icons[status]}
      <Text span size="sm">
        {t(`state.${status}`)}
      </Text>
    </Group>
  );
}

/** What keeps it from being saved, where that is not said beside a field. */
export function SaveTrouble({
  state: { status, failure, problems },
  again,
  takeTheirs,
  keepMine,
}: {
  state: DraftState;
  again: () => void;
  takeTheirs: () => void;
  keepMine: () => void;
}) {
  const { t } = useTranslation('editor');
  const { t: parts } = useTranslation('parts');
  if (status === 'conflict') {
    return (
      <Alert color="orange" variant="light" title={t('conflict')} role="alert">
        <Text size="sm" mb="sm">
          {t('conflictSays')}
        </Text>
        <Group gap="xs">
          <Button size="xs" onClick={takeTheirs}>
            {t('takeTheirs')}
          </Button>
          <Button size="xs" variant="default" onClick={keepMine}>
            {t('keepMine')}
          </Button>
        </Group>
      </Alert>
    );
  }
  if (status === 'failed') {
    return (
      <Alert color="red" variant="light" title={t('state.failed')} role="alert">
        <Text size="sm" mb="sm">
          {failureSentence(failure)}
        </Text>
        <Button size="xs" color="red" variant="light" onClick={again}>
          {parts('tryAgain')}
        </Button>
      </Alert>
    );
  }
  if (status === 'refused') {
    return (
      <Alert color="red" variant="light" title={t('refused')} role="alert">
        {Object.entries(problems).map(([field, problem]) => (
          <Text key={field} size="sm">
            {t('problem', { field: t(`parts.${partWithField(field)}`), problem })}
          </Text>
        ))}
      </Alert>
    );
  }
  return null;
}
