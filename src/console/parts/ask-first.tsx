import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props = {
  opened: boolean;
  close: () => void;
  title: string;
  /** What will happen. */
  says: ReactNode;
  /** What the button does, as a verb. */
  act: string;
  isDestructive?: boolean;
  isPending?: boolean;
  onAct: () => void;
};

/** Before something that cannot be taken back: what will happen, and a way out. */
export function AskFirst({ opened, close, title, says, act, isDestructive = false, isPending = false, onAct }: Props) {
  const { t } = useTranslation('parts');
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={
        <Text span fw={650}>
          {title}
        </Text>
      }
      centered
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="lg">
        {typeof says === 'string' ? <Text>{says}</Text> : says}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close} data-autofocus>
            {t('cancel')}
          </Button>
          <Button {...(isDestructive ? { color: 'red.8' } : {})} loading={isPending} onClick={onAct}>
            {act}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
