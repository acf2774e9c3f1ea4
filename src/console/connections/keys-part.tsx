import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBeginConsent, useConnectors, useReplaceKeys } from '../api/connections.ts';
import { useMay } from '../api/me.ts';
import type { System } from '../api/systems.ts';
import { Loaded } from '../parts/loaded.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import { KeysWays } from './keys-ways.tsx';

/** Where the keys of a connection come from, and how it gets others. */
export function KeysPart({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  const mayConnect = useMay('connections:write');
  const { origin, title } = of;
  if (origin === 'environment' || origin === 'sandbox') return <Text size="sm">{t(`keys.${origin}`)}</Text>;
  if (origin === 'authorization') {
    return (
      <Stack gap="md">
        <Text size="sm">{t('keys.authorization', { title })}</Text>
        {mayConnect && <ConsentAgain connector={of.connector} />}
      </Stack>
    );
  }
  return (
    <Stack gap="lg">
      <Text size="sm">{t('keys.console')}</Text>
      {mayConnect && <OtherKeys of={of} />}
    </Stack>
  );
}

function ConsentAgain({ connector }: { connector: string }) {
  const { t } = useTranslation('connections');
  const begin = useBeginConsent();
  return (
    <Group>
      <Button loading={begin.isPending} onClick={() => begin.mutate(connector, { onError: tellFailure })}>
        {t('keys.again')}
      </Button>
    </Group>
  );
}

function OtherKeys({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  const replace = useReplaceKeys(of.id);
  return (
    <Loaded query={useConnectors()}>
      {({ items }) => {
        const connector = items.find(({ name }) => name === of.connector);
        if (!connector) return null;
        return (
          <KeysWays
            of={connector}
            act={t('keys.save')}
            isBusy={replace.isPending}
            failure={replace.error}
            send={(settings, done) =>
              replace.mutate(
                { settings },
                {
                  onSuccess: () => {
                    tell(t('keys.saved'));
                    done();
                  },
                },
              )
            }
          />
        );
      }}
    </Loaded>
  );
}
