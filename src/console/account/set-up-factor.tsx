import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Begun, useBeginSecondFactor } from '../api/own-password.ts';
import { tell } from '../parts/tell.ts';
import { AskPassword } from './ask-password.tsx';
import { BackupCodes } from './backup-codes.tsx';
import { ScanStep } from './scan-step.tsx';
import { SetUpStep } from './step.tsx';

/** The password, then the app, then the codes for the day the phone is lost. It is on after the second. */
export function SetUpFactor({ close }: { close: () => void }) {
  const { t } = useTranslation('account');
  const begin = useBeginSecondFactor();
  const [begun, setBegun] = useState<Begun>();
  const [isOn, setOn] = useState(false);
  if (!begun) {
    return (
      <SetUpStep title={t('factor.confirmTitle')} close={close}>
        <AskPassword
          says={t('factor.confirmSays')}
          does={t('factor.next')}
          isBusy={begin.isPending}
          failure={begin.error}
          close={close}
          confirm={(password) => begin.mutate(password, { onSuccess: setBegun })}
        />
      </SetUpStep>
    );
  }
  if (!isOn) {
    return (
      <SetUpStep title={t('factor.scanTitle')} close={close}>
        <ScanStep
          address={begun.totpURI}
          close={close}
          done={() => {
            tell(t('factor.on'));
            setOn(true);
          }}
        />
      </SetUpStep>
    );
  }
  return (
    <SetUpStep title={t('factor.codesTitle')} close={close} mayLeave={false}>
      <BackupCodes codes={begun.backupCodes} close={close} />
    </SetUpStep>
  );
}
