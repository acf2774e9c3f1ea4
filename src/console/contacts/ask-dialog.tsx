import { Alert, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAskContact } from '../api/contacts.ts';
import type { ContactDetails } from '../api/items.ts';
import { useSurveyNames } from '../api/surveys.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';

/** Asks them now with a survey of one's choice; the rules hold here too, and it is said before what they say. */
export function AskDialog({ of, close }: { of: ContactDetails; close: () => void }) {
  const { t } = useTranslation('contacts');
  const nameOf = useSurveyNames();
  const usual = of.asking.find(({ verdict }) => verdict !== 'skipped') ?? of.asking[0];
  const [survey, setSurvey] = useState(usual?.survey ?? '');
  const ask = useAskContact(of.id);
  const confirm = () =>
    ask.mutate(survey, {
      onSuccess: ({ verdict }) => {
        if (verdict === 'skipped') return;
        tell(t(verdict === 'asked' ? 'ask.done' : 'ask.waits'));
        close();
      },
      onError: tellFailure,
    });
  return (
    <AskFirst
      title={t('ask.title', { name: of.name ?? of.emails[0] })}
      says={t(of.asking.length === 0 ? 'ask.noSurvey' : 'ask.says')}
      does={t('ask.does')}
      isOpen
      close={close}
      confirm={confirm}
      isBusy={ask.isPending}
      isReady={survey !== ''}
    >
      {of.asking.length > 0 && (
        <Radio.Group label={t('ask.survey')} value={survey} onChange={setSurvey}>
          <Stack gap="sm" pt={6}>
            {of.asking.map(({ survey: key, verdict, message }) => (
              <Radio
                key={key}
                value={key}
                label={nameOf(key)}
                description={verdict === 'asked' ? t('ask.free') : message}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
      {ask.data?.verdict === 'skipped' && (
        <Alert color="orange" variant="light" title={t('ask.skipped')} role="alert">
          {ask.data.message}
        </Alert>
      )}
    </AskFirst>
  );
}
