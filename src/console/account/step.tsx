import { Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** One step of setting something up, in front of the page. */
export function SetUpStep({
  title,
  close,
  mayLeave = true,
  children,
}: {
  title: string;
  close: () => void;
  /** Whether a click beside it closes it; not where something is shown only once. */
  mayLeave?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation('parts');
  return (
    <Modal
      opened
      onClose={close}
      title={<Text fw={650}>{title}</Text>}
      closeButtonProps={{ 'aria-label': t('close') }}
      closeOnClickOutside={mayLeave}
      closeOnEscape={mayLeave}
      withCloseButton={mayLeave}
      radius="lg"
      centered
    >
      {children}
    </Modal>
  );
}
