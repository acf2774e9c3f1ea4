import { NumberInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { ResponseItem } from '../api/items.ts';
import { useCorrectResponse } from '../api/responses.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellBeside } from '../parts/tell.ts';
import { Reason } from './reason.tsx';

/** Changes what an answer says, as when the contact has said so by another way. */
export function CorrectDialog({ of, close }: { of: ResponseItem; close: () => void }) {
  const { t } = useTranslation('responses');
  const change = useCorrectResponse(of.id);
  const lowest = of.metric === 'nps' ? 0 : 1;
  const form = useForm({ initialValues: { rating: of.rating, comment: of.comment ?? '', reason: '' } });
  const { rating, comment, reason } = form.values;
  const isAnother = rating !== of.rating || comment.trim() !== (of.comment ?? '');
  const confirm = () =>
    change.mutate(
      {
        how: 'correct',
        body: {
          ...(rating === of.rating ? {} : { rating }),
          ...(comment.trim() === (of.comment ?? '') ? {} : { comment: comment.trim() === '' ? null : comment.trim() }),
          reason: reason.trim(),
        },
      },
      {
        onSuccess: () => {
          tell(t('correct.done'));
          close();
        },
        onError: (failure) => tellBeside(form.setErrors, failure),
      },
    );
  return (
    <AskFirst
      title={t('correct.title')}
      says={t('correct.says')}
      does={t('correct.does')}
      isOpen
      close={close}
      confirm={confirm}
      isBusy={change.isPending}
      isReady={isAnother && reason.trim() !== '' && typeof rating === 'number'}
    >
      <NumberInput
        label={t('columns.rating')}
        description={t('between', { lowest, highest: of.scale })}
        min={lowest}
        max={of.scale}
        clampBehavior="strict"
        allowDecimal={false}
        data-autofocus
        {...form.getInputProps('rating')}
      />
      <Textarea label={t('columns.comment')} autosize minRows={2} maxRows={8} {...form.getInputProps('comment')} />
      <Reason {...form.getInputProps('reason')} />
    </AskFirst>
  );
}
