import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FindingItem } from '../api/connections.ts';
import { Status } from '../parts/rating.tsx';
import classes from './connections.module.css';

const tones = { attention: 'quarantined', note: 'scheduled', fine: 'ready' } as const;

/** Nobody has to do anything about it, or know of it. */
const isQuiet = ({ severity, state }: FindingItem) =>
  severity === 'fine' || (severity === 'note' && (state === 'created' || state === 'repaired'));

/**
 * What was found: what needs somebody at once, what is in order when one wishes. Of an account that was stopped since,
 * nobody knows whether all is in order.
 */
export function Findings({ of, isStopped = false }: { of: readonly FindingItem[]; isStopped?: boolean }) {
  const { t } = useTranslation('connections');
  const [isOpen, { toggle }] = useDisclosure(false);
  if (of.length === 0) return <Text size="sm">{t('findings.none')}</Text>;
  const quiet = of.filter(isQuiet);
  const told = of.filter((one) => !isQuiet(one));
  const urgent = told.filter(({ severity }) => severity === 'attention');
  return (
    <div>
      {urgent.length === 0 && !isStopped && <Text size="sm">{t('findings.allFine', { count: of.length })}</Text>}
      {told.length > 0 && <Lines of={[...urgent, ...told.filter((one) => !urgent.includes(one))]} />}
      {quiet.length > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt="xs"
          px={0}
          aria-expanded={isOpen}
          rightSection={isOpen ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
          onClick={toggle}
        >
          {isOpen ? t('findings.hideFine') : t('findings.showFine', { count: quiet.length })}
        </Button>
      )}
      {isOpen && <Lines of={quiet} />}
    </div>
  );
}

function Lines({ of }: { of: readonly FindingItem[] }) {
  const { t } = useTranslation('connections');
  return (
    <ul className={classes.rows}>
      {of.map(({ title, severity, message }) => (
        <li key={title} className={classes.finding}>
          <div>
            <Status of={tones[severity]}>{t(`findings.${severity}`)}</Status>
          </div>
          <div>
            <Text size="sm" fw={600}>
              {title}
            </Text>
            <Text size="sm" c="dimmed">
              {message}
            </Text>
          </div>
        </li>
      ))}
    </ul>
  );
}
