import { Accordion, Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KeysWay } from '../api/connections.ts';
import { Status } from '../parts/rating.tsx';
import classes from './connections.module.css';

/** What to do at the vendor's before, and what will be allowed. */
export function Preparation({ of, isOpen }: { of: Pick<KeysWay, 'title' | 'steps' | 'scopes'>; isOpen: boolean }) {
  const { t } = useTranslation('connections');
  return (
    <Accordion multiple defaultValue={isOpen ? ['steps'] : []} variant="separated">
      <Accordion.Item value="steps">
        <Accordion.Control>
          <Text size="sm" fw={600}>
            {t('new.before')}: {of.title}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <ol className={classes.steps}>
            {of.steps.map((step) => (
              <li key={step}>
                <Words of={step} />
              </li>
            ))}
          </ol>
        </Accordion.Panel>
      </Accordion.Item>
      {of.scopes.length > 0 && (
        <Accordion.Item value="scopes">
          <Accordion.Control>
            <Text size="sm" fw={600}>
              {t('new.scopes')}
            </Text>
          </Accordion.Control>
          <Accordion.Panel>
            <table className={classes.scopes}>
              <tbody>
                {of.scopes.map(({ name, why, required }) => (
                  <tr key={name}>
                    <td>
                      <Text size="sm" fw={600}>
                        {name}
                      </Text>
                      <Text size="sm" c="dimmed">
                        {why}
                      </Text>
                    </td>
                    <td>
                      <Status of={required ? 'sent' : 'none'}>
                        {required ? t('new.required') : t('new.optional')}
                      </Status>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Accordion.Panel>
        </Accordion.Item>
      )}
    </Accordion>
  );
}

/** What one types stands between backticks. */
function Words({ of }: { of: string }) {
  return of.split('`').map((part, position) => {
    const isTyped = position % 2 === 1;
    return isTyped ? <Code key={part}>{part}</Code> : <span key={part}>{part}</span>;
  });
}
