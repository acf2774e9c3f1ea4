import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Before something that cannot be taken back lightly: what will happen, and the choice. */
export function AskFirst({
  title,
  says,
  does,
  isOpen,
  close,
  confirm,
  isBusy = false,
  isReady = true,
  isGrave = false,
  children,
}: {
  title: string;
  says?: ReactNode;
  /** What the button says. */
  does: string;
  isOpen: boolean;
  close: () => void;
  confirm: () => void;
  isBusy?: boolean;
  /** Whether whatever has to be filled in is. */
  isReady?: boolean;
  isGrave?: boolean;
  children?: ReactNode;
}) {
  const { t } = useTranslation('parts');
  function submit(event: FormEvent) {
    event.preventDefault();
    if (isReady) confirm();
  }
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={<Text fw={650}>{title}</Text>}
      closeButtonProps={{ 'aria-label': t('close') }}
      // The page has its own banner.
      attributes={{ header: { role: 'none' } }}
      radius="lg"
      centered
    >
      <form onSubmit={submit}>
        <Stack>
          {says && (
            <Text size="sm" component="div">
              {says}
            </Text>
          )}
          {children}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={isBusy} disabled={!isReady} {...(isGrave ? { color: 'red.9' } : {})}>
              {does}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
