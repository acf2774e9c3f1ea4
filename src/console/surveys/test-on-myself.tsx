import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMay, useMe } from '../api/me.ts';
import { useSendTest } from '../api/previews.ts';
import { problemsByField } from '../api/problem.ts';
import { type SurveyItem, shownContent, wordingQuery } from '../api/surveys.ts';
import { tell, tellFailure } from '../parts/tell.ts';

/** Sends the draft to whoever is signed in, or to whom they name: a real mail that counts nowhere. */
export function TestOnMyself({ item, saveNow }: { item: SurveyItem; saveNow: () => Promise<void> }) {
  const { t } = useTranslation('surveys');
  const { t: parts } = useTranslation('parts');
  const mayAsk = useMay('invitations:write');
  const me = useMe();
  const [isOpen, { open, close }] = useDisclosure(false);
  const { languages } = shownContent(item).texts;
  const { data } = useQuery({ ...wordingQuery(item.metric), enabled: isOpen });
  const send = useSendTest(item.key);
  const form = useForm({ initialValues: { email: me.user?.email ?? '', language: languages[0] ?? 'en' } });
  if (!mayAsk) return null;

  const submit = form.onSubmit(async ({ email, language }) => {
    await saveNow();
    send.mutate(
      { language, ...(email === me.user?.email ? {} : { email }) },
      {
        onSuccess: ({ verdict, message }) => {
          close();
          if (verdict === 'asked') tell(t('test.sent', { email }));
          else tellFailure(new Error(message));
        },
        onError: (failure) => {
          const problems = problemsByField(failure);
          form.setErrors(problems);
          if (problems.email === undefined && problems.language === undefined) tellFailure(failure);
        },
      },
    );
  });
  return (
    <>
      <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} onClick={open}>
        {t('test.button')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        centered
        title={
          <Text span fw={650}>
            {t('test.title')}
          </Text>
        }
        closeButtonProps={{ 'aria-label': parts('close') }}
      >
        <form onSubmit={submit} noValidate>
          <Stack>
            <Text size="sm">{t('test.says')}</Text>
            <TextInput label={t('test.email')} type="email" data-autofocus {...form.getInputProps('email')} />
            {languages.length > 1 && (
              <NativeSelect
                label={t('test.language')}
                {...form.getInputProps('language')}
                data={languages.map((tag) => ({
                  value: tag,
                  label: data?.items.find((one) => one.tag === tag)?.name ?? tag,
                }))}
              />
            )}
            <Text size="xs" c="dimmed">
              {t('test.marked')}
            </Text>
            <Group justify="flex-end">
              <Button type="submit" loading={send.isPending}>
                {t('test.send')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
