import { Anchor, Button, Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SecondFactor, showSecondFactor } from '../api/sign-in.ts';
import { CodeField } from './code-field.tsx';
import { SignInFrame } from './frame.tsx';
import { refusalIn } from './refusal.ts';
import { Refused } from './refused.tsx';

/** The second factor, of whoever has one: from the app, or one of the codes for the day the phone is lost. */
export function CodeStep({ enter, back }: { enter: () => void; back: () => void }) {
  const { t } = useTranslation('signIn');
  const [kind, setKind] = useState<SecondFactor['kind']>('app');
  const form = useForm({ mode: 'uncontrolled', initialValues: { code: '', trustDevice: false } });
  const attempt = useMutation({
    mutationFn: (shown: SecondFactor) => showSecondFactor(shown),
    onSuccess: enter,
    onError: () => form.setFieldValue('code', ''),
  });
  const turn = () => {
    attempt.reset();
    form.setFieldValue('code', '');
    setKind(kind === 'app' ? 'backup' : 'app');
  };
  return (
    <SignInFrame title={t('code.title')} says={t(kind === 'app' ? 'code.saysApp' : 'code.saysBackup')}>
      <form
        onSubmit={form.onSubmit(({ code, trustDevice }) => attempt.mutate({ kind, trustDevice, code: code.trim() }))}
      >
        <Stack>
          {attempt.isError && <Refused>{refusalIn(t, attempt.error)}</Refused>}
          {kind === 'app' ? (
            <CodeField label={t('code.app')} key={form.key('code')} {...form.getInputProps('code')} />
          ) : (
            <TextInput
              label={t('code.backup')}
              autoComplete="off"
              spellCheck={false}
              required
              autoFocus
              key={`backup ${form.key('code')}`}
              {...form.getInputProps('code')}
            />
          )}
          <Checkbox
            label={t('code.trust')}
            key={form.key('trustDevice')}
            {...form.getInputProps('trustDevice', { type: 'checkbox' })}
          />
          <Button type="submit" size="md" loading={attempt.isPending}>
            {t('code.submit')}
          </Button>
          <Anchor component="button" type="button" size="sm" onClick={turn}>
            {t(kind === 'app' ? 'code.useBackup' : 'code.useApp')}
          </Anchor>
          <Anchor component="button" type="button" size="sm" onClick={back}>
            {t('back')}
          </Anchor>
          {kind === 'backup' && (
            <Text size="sm" c="dimmed">
              {t('code.lost')}
            </Text>
          )}
        </Stack>
      </form>
    </SignInFrame>
  );
}
