import { Button, List, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiftBounces } from '../api/contacts.ts';
import type { ContactDetails } from '../api/items.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';

/** Addresses that bounced, or whose owner complained, may be written to again: because an admin says so. */
export function LiftBounce({ of }: { of: ContactDetails }) {
  const { t, i18n } = useTranslation('contacts');
  const [isOpen, setOpen] = useState(false);
  const lift = useLiftBounces(of.id);
  const close = () => setOpen(false);
  const confirm = () =>
    lift.mutate(undefined, {
      onSuccess: () => {
        tell(t('bounce.done'));
        close();
      },
      onError: tellFailure,
    });
  const date = (at: string) => new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(new Date(at));
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('bounce.button')}
      </Button>
      <AskFirst
        title={t('bounce.title')}
        says={t('bounce.says')}
        does={t('bounce.does')}
        isOpen={isOpen}
        close={close}
        confirm={confirm}
        isBusy={lift.isPending}
      >
        <List size="sm">
          {of.addressStates.map(({ address, kind, at }) => (
            <List.Item key={`${kind} ${address}`}>
              <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>
                {t(`bounce.${kind}`, { address, date: date(at) })}
              </Text>
            </List.Item>
          ))}
        </List>
      </AskFirst>
    </>
  );
}
