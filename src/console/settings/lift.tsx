import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/me.ts';
import { problemsByField, sentenceOf } from '../api/problem.ts';
import { useLiftSuppression } from '../api/suppressions.ts';
import { tell } from '../parts/tell.ts';

/** An address whose person was erased, or had unsubscribed, may be asked again: because they wish it. */
export function Lift() {
  const { t } = useTranslation('settings');
  const mayLift = useMay('contacts:write');
  const lift = useLiftSuppression();
  const [address, setAddress] = useState('');
  if (!mayLift) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        lift.mutate(address.trim(), {
          onSuccess: () => {
            tell(t('privacy.lifted', { address: address.trim() }));
            setAddress('');
          },
        });
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          type="email"
          label={t('privacy.address')}
          required
          flex="1 1 240px"
          maw={380}
          value={address}
          error={lift.isError && (problemsByField(lift.error).address ?? sentenceOf(lift.error))}
          onChange={({ currentTarget }) => {
            setAddress(currentTarget.value);
            lift.reset();
          }}
        />
        <Button type="submit" variant="default" loading={lift.isPending}>
          {t('privacy.liftAct')}
        </Button>
      </Group>
    </form>
  );
}
