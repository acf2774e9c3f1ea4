import { Button, Menu } from '@mantine/core';
import {
  IconBell,
  IconBellOff,
  IconChevronDown,
  IconDownload,
  IconFlask,
  IconMail,
  IconTrash,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { urlWithQuery } from '../api/call.ts';
import { useChangeContact } from '../api/contacts.ts';
import type { ContactDetails } from '../api/items.ts';
import { useMay } from '../api/me.ts';
import { tell, tellFailure } from '../parts/tell.ts';
import { AskDialog } from './ask-dialog.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { LiftBounce } from './lift-bounce.tsx';
import { LiftSuppression } from './lift-suppression.tsx';
import { MergeDialog } from './merge-dialog.tsx';

/** What may be done about a contact. */
export function ContactActions({ of }: { of: ContactDetails }) {
  const { t } = useTranslation('contacts');
  const mayAsk = useMay('invitations:write');
  const mayChange = useMay('contacts:write');
  const [opened, setOpened] = useState<'ask' | 'merge' | 'erase'>();
  const change = useChangeContact(of.id);
  const close = () => setOpened(undefined);
  const turn = (changes: { test?: boolean; doNotSurvey?: boolean }, done: string) =>
    change.mutate(changes, { onSuccess: () => tell(done), onError: tellFailure });
  return (
    <>
      {mayChange && of.unsubscribedAt !== null && of.emails[0] !== undefined && (
        <LiftSuppression address={of.emails[0]} contact={of.id} />
      )}
      {mayChange && of.addressStates.length > 0 && <LiftBounce of={of} />}
      {mayAsk && (
        <Button leftSection={<IconMail size={16} aria-hidden />} onClick={() => setOpened('ask')}>
          {t('ask.button')}
        </Button>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />} loading={change.isPending}>
            {t('actions')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mayChange && (
            <>
              <Menu.Item
                leftSection={
                  of.doNotSurvey ? <IconBell size={16} aria-hidden /> : <IconBellOff size={16} aria-hidden />
                }
                onClick={() =>
                  turn({ doNotSurvey: !of.doNotSurvey }, t(of.doNotSurvey ? 'survey.doneMay' : 'survey.doneMayNot'))
                }
              >
                {t(of.doNotSurvey ? 'survey.may' : 'survey.mayNot')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconFlask size={16} aria-hidden />}
                onClick={() => turn({ test: !of.test }, t(of.test ? 'test.doneOff' : 'test.doneOn'))}
              >
                {t(of.test ? 'test.off' : 'test.on')}
              </Menu.Item>
              <Menu.Item leftSection={<IconUsersGroup size={16} aria-hidden />} onClick={() => setOpened('merge')}>
                {t('merge.does')} …
              </Menu.Item>
            </>
          )}
          <Menu.Item
            component="a"
            href={urlWithQuery(`/contacts/${of.id}/export`)}
            download={`scoreback-${of.id}.json`}
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t('exportData')}
          </Menu.Item>
          {mayChange && (
            <>
              <Menu.Divider />
              <Menu.Item
                c="var(--mantine-color-error)"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => setOpened('erase')}
              >
                {t('erase.does')} …
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {opened === 'ask' && <AskDialog of={of} close={close} />}
      {opened === 'merge' && <MergeDialog of={of} close={close} />}
      {opened === 'erase' && <EraseDialog of={of} close={close} />}
    </>
  );
}
