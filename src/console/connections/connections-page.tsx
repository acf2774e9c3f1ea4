import { Button, Card, Text } from '@mantine/core';
import { IconChevronRight, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useConnectors } from '../api/connections.ts';
import { useMay } from '../api/me.ts';
import { type System, systemTitle, useSystems } from '../api/systems.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { Status } from '../parts/rating.tsx';
import { Empty } from '../parts/states.tsx';
import { connectionCondition, toneOfCondition, useConditionSentence } from './condition.ts';
import classes from './connections.module.css';
import { Emblem } from './emblem.tsx';

export function ConnectionsPage() {
  const { t } = useTranslation('connections');
  const mayConnect = useMay('connections:write');
  const connect = mayConnect && (
    <Button component={Link} to="/connections/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('connect')}
    </Button>
  );
  return (
    <ConsolePage title={t('title')} says={t('says')} actions={connect}>
      <Loaded query={useSystems()}>
        {({ items }) => (
          <Card padding={0}>
            {items.length === 0 ? (
              <Empty icon={IconPlugConnected} title={t('empty')} says={t('emptySays')} action={connect} />
            ) : (
              <ul className={classes.rows}>
                {items.map((system) => (
                  <li key={system.id}>
                    <Row of={system} />
                  </li>
                ))}
              </ul>
            )}
          </Card>
        )}
      </Loaded>
    </ConsolePage>
  );
}

function Row({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  const sentenceOf = useConditionSentence();
  const condition = connectionCondition(of);
  const { data: connectors } = useConnectors();
  const color = connectors?.items.find(({ name }) => name === of.connector)?.color;
  return (
    <Link to={`/connections/${of.id}`} className={classes.row}>
      <Emblem title={of.title} color={color} />
      <div className={classes.grow}>
        <Text fw={600}>{systemTitle(of)}</Text>
        <Text size="sm" c="dimmed" lineClamp={2}>
          {of.account === null ? t('noAccount') : t('account', { account: of.account })} · {sentenceOf(of)}
        </Text>
      </div>
      <Status of={toneOfCondition[condition]}>{t(`state.${condition}`)}</Status>
      <IconChevronRight size={18} aria-hidden />
    </Link>
  );
}
