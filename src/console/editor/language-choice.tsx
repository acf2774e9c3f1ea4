import { ActionIcon, Badge, Button, Group, Menu, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { wordingQuery } from '../api/surveys.ts';
import { useEditing, usePart } from './editing.ts';
import { missingIn, useChosenLanguage } from './languages.ts';

/** Which of the survey's languages one writes in; how much each lacks; and which ones there are. */
export function LanguageChoice() {
  const { t } = useTranslation('editor');
  const { content } = useEditing();
  const { part, set, isReadOnly, problemOf } = usePart('texts');
  const [language, choose] = useChosenLanguage(part.languages);
  const { data } = useQuery(wordingQuery(content.metric));
  const nameOf = (tag: string) => data?.items.find((one) => one.tag === tag)?.name ?? tag;
  const others = data?.items.filter(({ tag }) => !part.languages.includes(tag)) ?? [];
  const missing = missingIn(part, language).length;

  const remove = () => {
    set({ languages: part.languages.filter((tag) => tag !== language) });
    choose(part.languages.find((tag) => tag !== language) ?? 'en');
  };
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <SegmentedControl
          size="sm"
          aria-label={t('texts.language')}
          value={language}
          onChange={choose}
          data={part.languages.map((tag) => ({
            value: tag,
            label: (
              <Group gap={6} wrap="nowrap" component="span">
                <span lang={tag}>{nameOf(tag)}</span>
                {missingIn(part, tag).length > 0 && (
                  <Badge component="span" size="xs" color="yellow.9" variant="filled" circle>
                    {missingIn(part, tag).length}
                  </Badge>
                )}
              </Group>
            ),
          }))}
        />
        {!isReadOnly && others.length > 0 && (
          <Menu position="bottom-start">
            <Menu.Target>
              <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />}>
                {t('texts.addLanguage')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {others.map(({ tag, name }) => (
                <Menu.Item
                  key={tag}
                  lang={tag}
                  onClick={() => {
                    set({ languages: [...part.languages, tag] });
                    choose(tag);
                  }}
                >
                  {name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {!isReadOnly && part.languages.length > 1 && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('texts.removeLanguage', { language: nameOf(language) })}
            onClick={remove}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {language === part.languages[0] ? t('texts.first') : t('texts.other', { language: nameOf(language) })}
        {missing > 0 && ` ${t('texts.missing', { count: missing })}`}
      </Text>
      {problemOf('languages') && (
        <Text size="sm" c="var(--mantine-color-error)">
          {problemOf('languages')}
        </Text>
      )}
    </Stack>
  );
}
