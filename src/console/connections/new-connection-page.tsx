import { Card, Radio, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type OfferedConnector, useConnectors } from '../api/connections.ts';
import { useMay } from '../api/me.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Empty } from '../parts/states.tsx';
import { ConnectWays } from './connect-ways.tsx';
import classes from './connections.module.css';
import { Emblem } from './emblem.tsx';

/** Which system, which way, and the keys or the consent. */
export function NewConnectionPage() {
  const { t } = useTranslation('connections');
  const { t: parts } = useTranslation('parts');
  const mayConnect = useMay('connections:write');
  const connectors = useConnectors();
  return (
    <ConsolePage title={t('new.title')} says={t('new.says')}>
      {mayConnect ? (
        <Loaded query={connectors}>{({ items }) => <Choose connectors={items} />}</Loaded>
      ) : (
        <Empty title={parts('mayNot')} says={parts('mayNotSays')} />
      )}
    </ConsolePage>
  );
}

function Choose({ connectors }: { connectors: readonly OfferedConnector[] }) {
  const { t } = useTranslation('connections');
  const [params, setParams] = useSearchParams();
  const requested = params.get('connector');
  const chosen = connectors.find(({ name }) => name === requested);
  return (
    <>
      <Radio.Group
        aria-label={t('new.choose')}
        value={chosen?.name ?? null}
        onChange={(connector) =>
          setParams(
            (before) => {
              const after = new URLSearchParams(before);
              after.set('connector', connector);
              after.delete('way');
              return after;
            },
            { replace: true },
          )
        }
      >
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          {connectors.map(({ name, title, color }) => (
            <Radio.Card key={name} value={name} className={classes.choice ?? ''} aria-label={title}>
              <Radio.Indicator />
              <Emblem title={title} color={color} />
              <Text fw={600}>{title}</Text>
            </Radio.Card>
          ))}
        </SimpleGrid>
      </Radio.Group>
      {chosen && (
        <Card maw={760}>
          <Section title={chosen.title}>
            <ConnectWays key={chosen.name} of={chosen} />
          </Section>
        </Card>
      )}
    </>
  );
}
