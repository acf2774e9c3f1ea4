import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferedConnector } from '../api/connections.ts';
import { KeysForm, type KeysFormProps } from './keys-form.tsx';
import { Preparation } from './preparation.tsx';

/** The ways to give keys, the recommended first; each says what to do at the vendor's before. */
export function KeysWays({ of, ...form }: Omit<KeysFormProps, 'way' | 'isSimulated'> & { of: OfferedConnector }) {
  const { t } = useTranslation('connections');
  const [chosen, choose] = useState(of.keys[0]?.name ?? '');
  const way = of.keys.find(({ name }) => name === chosen) ?? of.keys[0];
  if (!way) return null;
  return (
    <Stack gap="lg">
      {of.keys.length > 1 && (
        <SegmentedControl
          aria-label={t('new.way')}
          orientation="horizontal"
          value={way.name}
          onChange={choose}
          data={of.keys.map(({ name, title }) => ({ value: name, label: title }))}
        />
      )}
      <Preparation of={way} isOpen={!of.simulated} />
      <KeysForm key={way.name} way={way} isSimulated={of.simulated} {...form} />
    </Stack>
  );
}
