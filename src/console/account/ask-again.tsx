import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { whenAskedAgain } from '../api/ask-again.ts';
import { confirmMe } from '../api/confirm.ts';
import { meQuery } from '../api/me.ts';
import { failureSentence } from '../api/problem.ts';
import { signInElsewhere } from '../api/sign-in.ts';
import { PasswordField } from '../parts/password-field.tsx';

type Asked = { commentWindow: (isConfirmed: boolean) => void };

/** Asks for the password or the second factor where the server wants it again; what was refused is then repeated. */
export function AskAgain() {
  const { t } = useTranslation('account');
  const { t: parts } = useTranslation('parts');
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => whenAskedAgain(() => new Promise((commentWindow) => setAsked({ commentWindow }))), []);
  function end(isConfirmed: boolean): void {
    asked?.commentWindow(isConfirmed);
    setAsked(null);
  }
  return (
    <Modal
      opened={asked !== null}
      onClose={() => end(false)}
      title={<Text fw={650}>{t('again.title')}</Text>}
      closeButtonProps={{ 'aria-label': parts('close') }}
      attributes={{ header: { role: 'none' } }}
      radius="lg"
      centered
      zIndex={400}
    >
      {asked && <AskAgainForm end={end} />}
    </Modal>
  );
}

function AskAgainForm({ end }: { end: (isConfirmed: boolean) => void }) {
  const { t } = useTranslation('account');
  const { t: parts } = useTranslation('parts');
  const { data: me } = useQuery(meQuery);
  const by = me?.user?.confirmsBy ?? 'password';
  const form = useForm({ mode: 'uncontrolled', initialValues: { given: '' } });
  const attempt = useMutation({
    mutationFn: ({ given }: { given: string }) => {
      if (by === 'provider') return signInElsewhere(window.location.pathname);
      return confirmMe(by === 'code' ? { code: given } : { password: given });
    },
    onSuccess: () => by !== 'provider' && end(true),
  });
  const field = {
    required: true,
    'data-autofocus': true,
    ...form.getInputProps('given'),
    error: attempt.error ? failureSentence(attempt.error) : null,
  };
  return (
    <form
      onSubmit={(event) => {
        // The page beneath may be a form as well.
        event.stopPropagation();
        form.onSubmit((values) => attempt.mutate(values))(event);
      }}
    >
      <Stack>
        <Text size="sm">{t(`again.${by}Says`)}</Text>
        {by === 'password' && (
          <PasswordField
            label={t('factor.password')}
            autoComplete="current-password"
            key={form.key('given')}
            {...field}
          />
        )}
        {by === 'code' && (
          <TextInput label={t('again.code')} autoComplete="one-time-code" key={form.key('given')} {...field} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => end(false)}>
            {parts('cancel')}
          </Button>
          <Button type="submit" loading={attempt.isPending}>
            {t('again.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
