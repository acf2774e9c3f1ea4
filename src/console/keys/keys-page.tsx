import { Anchor, Button, Card } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../api/keys.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { Permitted } from '../parts/permitted.tsx';
import { Empty } from '../parts/states.tsx';
import { KeyTable } from './key-table.tsx';
import { MakeKey } from './make-key.tsx';

export function KeysPage() {
  const { t } = useTranslation('keys');
  return (
    <Permitted to="admin" title={t('title')}>
      <Keys />
    </Permitted>
  );
}

function Keys() {
  const { t } = useTranslation('keys');
  const keys = useKeys();
  const [isMaking, making] = useDisclosure(false);
  const make = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={making.open}>
      {t('make.act')}
    </Button>
  );
  return (
    <ConsolePage
      title={t('title')}
      says={
        <>
          {t('says')}{' '}
          <Anchor href="/api/docs" target="_blank" rel="noreferrer" inherit underline="always">
            {t('documentation')}
          </Anchor>
        </>
      }
      actions={keys.data && keys.data.length > 0 ? make : null}
    >
      <Loaded query={keys}>
        {(found) => (
          <Card padding={0}>
            {found.length === 0 ? (
              <Empty icon={IconKey} title={t('empty')} says={t('emptySays')} action={make} />
            ) : (
              <KeyTable keys={found} />
            )}
          </Card>
        )}
      </Loaded>
      {isMaking && <MakeKey close={making.close} />}
    </ConsolePage>
  );
}
