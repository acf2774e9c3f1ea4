import { Textarea, type TextareaProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Why an answer on the record is changed: it stands in its history. */
export function Reason(props: TextareaProps) {
  const { t } = useTranslation('responses');
  return (
    <Textarea
      label={t('reason')}
      description={t('reasonSays')}
      required
      maxLength={500}
      autosize
      minRows={2}
      {...props}
    />
  );
}
