import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Copyable } from './copyable.tsx';

/** A link or a key that is handed over now and never shown again: a click beside it does not lose it. */
export function ShownOnce({
  title,
  says,
  label,
  text,
  done,
  close,
}: {
  title: string;
  says: ReactNode;
  /** What it is. */
  label: string;
  text: string;
  /** What the button that closes it says. */
  done: string;
  close: () => void;
}) {
  return (
    <Modal
      opened
      onClose={close}
      title={<Text fw={650}>{title}</Text>}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="lg"
      radius="lg"
      centered
    >
      <Stack>
        <Text size="sm" component="div">
          {says}
        </Text>
        <Copyable text={text} label={label} />
        <Group justify="flex-end">
          <Button onClick={close}>{done}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
