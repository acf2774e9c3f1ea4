import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PublishedContent } from '../api/surveys.ts';
import { type Difference, differences } from './differences.ts';
import { useInWords } from './in-words.ts';
import classes from './publish.module.css';

/** What changes, a line each: the field, what it said, what it says. Without a version before, all that it says. */
export function DifferenceList({ before, after }: { before: PublishedContent | undefined; after: PublishedContent }) {
  const { t } = useTranslation('surveys');
  const { labelOf, wordsOf } = useInWords();
  const found = differences(before, after);
  const said = before === undefined ? found.filter(saysSomething) : found;
  return (
    <dl className={classes.differences}>
      {said.map(({ path, before: was, after: is }) => (
        <div key={path}>
          <dt>{labelOf(path)}</dt>
          <dd>
            {before !== undefined && (
              <>
                <Text span size="sm" c="dimmed" td={was === undefined ? 'none' : 'line-through'}>
                  {wordsOf(path, was)}
                </Text>{' '}
                <Text span size="sm" c="dimmed" aria-label={t('change.becomes')} role="img">
                  →
                </Text>{' '}
              </>
            )}
            <Text span size="sm" fw={500}>
              {wordsOf(path, is)}
            </Text>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const saysSomething = ({ after }: Difference) =>
  after !== undefined && after !== null && after !== false && !(Array.isArray(after) && after.length === 0);
