import { Group, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { wordingQuery } from '../api/surveys.ts';
import { useEditing, usePart, withoutNothing } from './editing.ts';
import { missingIn, useChosenLanguage, type Word } from './languages.ts';

/** One text in the language that one writes in; while it is empty the standard wording stands in it, and is said to. */
export function WordField({ word, rows = 1 }: { word: Word; rows?: number }) {
  const { t } = useTranslation('editor');
  const { content } = useEditing();
  const { part, set, isReadOnly, problemOf } = usePart('texts');
  const [language] = useChosenLanguage(part.languages);
  const { data } = useQuery(wordingQuery(content.metric));
  const standard = data?.items.find(({ tag }) => tag === language);
  const own = part.own[language] ?? {};
  const said = own[word];
  const isMissing = missingIn(part, language).includes(word);

  const write = (text: string) => {
    const here = withoutNothing({ ...own, [word]: text === '' ? undefined : text });
    const { [language]: _before, ...others } = part.own;
    set({ own: Object.keys(here).length === 0 ? others : { ...others, [language]: here } });
  };
  const state = said !== undefined ? 'own' : isMissing ? 'missing' : 'standard';
  return (
    <Textarea
      autosize
      minRows={rows}
      maxRows={8}
      label={
        <Group component="span" gap="xs" display="inline-flex">
          {t(`words.${word}`)}
          <Text span size="xs" fw={400} c={state === 'missing' ? 'var(--mantine-color-error)' : 'dimmed'}>
            {t(`wordState.${state}`)}
          </Text>
        </Group>
      }
      placeholder={standard?.words[word] ?? ''}
      value={said ?? ''}
      error={problemOf(`own.${language}.${word}`)}
      readOnly={isReadOnly}
      lang={language}
      dir={standard?.direction}
      onChange={({ currentTarget }) => write(currentTarget.value)}
    />
  );
}
