import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/me.ts';
import { SettingsPanel } from '../parts/panel.tsx';
import { Status } from '../parts/rating.tsx';
import { RenewCodes } from './renew-codes.tsx';
import { SetUpFactor } from './set-up-factor.tsx';
import { TurnFactorOff } from './turn-factor-off.tsx';

export function SecondFactorPanel() {
  const { t } = useTranslation('account');
  const isOn = useMe().user?.twoFactor === true;
  const [isSettingUp, setUp] = useDisclosure(false);
  const [isRenewing, renew] = useDisclosure(false);
  const [isTurningOff, turnOff] = useDisclosure(false);
  return (
    <SettingsPanel title={t('factor.title')} says={t('factor.says')}>
      <Stack align="flex-start">
        <Group gap="sm">
          <Status of={isOn ? 'ready' : 'none'}>{t(isOn ? 'factor.isOn' : 'factor.isOff')}</Status>
          <Text size="sm">{t(isOn ? 'factor.isOnSays' : 'factor.isOffSays')}</Text>
        </Group>
        {isOn ? (
          <Group gap="xs">
            <Button variant="default" onClick={renew.open}>
              {t('factor.renew')}
            </Button>
            <Button variant="light" color="red" onClick={turnOff.open}>
              {t('factor.turnOff')}
            </Button>
          </Group>
        ) : (
          <Button onClick={setUp.open}>{t('factor.setUp')}</Button>
        )}
      </Stack>
      {isSettingUp && <SetUpFactor close={setUp.close} />}
      {isRenewing && <RenewCodes close={renew.close} />}
      {isTurningOff && <TurnFactorOff close={turnOff.close} />}
    </SettingsPanel>
  );
}
