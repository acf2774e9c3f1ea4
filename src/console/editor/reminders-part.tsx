import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DurationField } from '../parts/duration-field.tsx';
import { Section } from '../parts/section.tsx';
import { useEditing } from './editing.ts';
import classes from './editor.module.css';

const most = 3;
const usual = ['P3D', 'P7D', 'P14D'] as const;

/** From the email to each reminder. */
export function RemindersPart() {
  const { t } = useTranslation('editor');
  const { content, problems, isReadOnly, change } = useEditing();
  const { reminders } = content;
  return (
    <Section title={t('reminders.title')} says={t('reminders.says')}>
      <Stack gap="md">
        {reminders.length === 0 && <Text size="sm">{t('reminders.none')}</Text>}
        {reminders.map((after, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no name but their place
          <div className={classes.reminder} key={at}>
            <DurationField
              label={t('reminders.one', { number: at + 1 })}
              value={after}
              set={(length) => change({ reminders: reminders.map((one, other) => (other === at ? length : one)) })}
              error={problems[`reminders.${at}`]}
              disabled={isReadOnly}
            />
            {!isReadOnly && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t('reminders.remove', { number: at + 1 })}
                onClick={() => change({ reminders: reminders.filter((_one, other) => other !== at) })}
              >
                <IconX size={18} aria-hidden />
              </ActionIcon>
            )}
          </div>
        ))}
        {!isReadOnly && reminders.length < most && (
          <Group>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => change({ reminders: [...reminders, usual[reminders.length] ?? 'P14D'] })}
            >
              {t('reminders.add')}
            </Button>
          </Group>
        )}
      </Stack>
    </Section>
  );
}
