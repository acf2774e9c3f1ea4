import { useTranslation } from 'react-i18next';
import { useEndSecondFactor } from '../api/own-password.ts';
import { tell } from '../parts/tell.ts';
import { AskPassword } from './ask-password.tsx';
import { SetUpStep } from './step.tsx';

export function TurnFactorOff({ close }: { close: () => void }) {
  const { t } = useTranslation('account');
  const end = useEndSecondFactor();
  const done = () => {
    tell(t('factor.off'));
    close();
  };
  return (
    <SetUpStep title={t('factor.turnOffTitle')} close={close}>
      <AskPassword
        says={t('factor.turnOffSays')}
        does={t('factor.turnOff')}
        isGrave
        isBusy={end.isPending}
        failure={end.error}
        close={close}
        confirm={(password) => end.mutate(password, { onSuccess: done })}
      />
    </SetUpStep>
  );
}
