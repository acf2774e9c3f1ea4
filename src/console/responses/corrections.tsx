import { Button, Menu } from '@mantine/core';
import { IconArrowBackUp, IconChevronDown, IconEraser, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResponseItem } from '../api/items.ts';
import { CorrectDialog } from './correct-dialog.tsx';
import { Restore, Retract } from './retract-restore.tsx';

/** What may be done with an answer by hand: records and tickets follow. */
export function Corrections({ of }: { of: ResponseItem }) {
  const { t } = useTranslation('responses');
  const [opened, setOpened] = useState<'retract' | 'restore' | 'correct'>();
  const close = () => setOpened(undefined);
  const isRestorable = of.status === 'retracted' || of.status === 'quarantined' || of.status === 'unconfirmed';
  return (
    <>
      {isRestorable && (
        <Button leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={() => setOpened('restore')}>
          {t('restore.does')}
        </Button>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {t('change')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setOpened('correct')}>
            {t('correct.does')} …
          </Menu.Item>
          {of.status !== 'retracted' && (
            <Menu.Item leftSection={<IconEraser size={16} aria-hidden />} onClick={() => setOpened('retract')}>
              {t('retract.does')} …
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Retract id={of.id} isOpen={opened === 'retract'} close={close} />
      <Restore id={of.id} isOpen={opened === 'restore'} close={close} />
      {opened === 'correct' && <CorrectDialog of={of} close={close} />}
    </>
  );
}
