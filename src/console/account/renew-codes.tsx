import { useTranslation } from 'react-i18next';
import { useRenewCodes } from '../api/own-password.ts';
import { AskPassword } from './ask-password.tsx';
import { BackupCodes } from './backup-codes.tsx';
import { SetUpStep } from './step.tsx';

export function RenewCodes({ close }: { close: () => void }) {
  const { t } = useTranslation('account');
  const renew = useRenewCodes();
  if (renew.data) {
    return (
      <SetUpStep title={t('factor.codesTitle')} close={close} mayLeave={false}>
        <BackupCodes codes={renew.data.backupCodes} close={close} />
      </SetUpStep>
    );
  }
  return (
    <SetUpStep title={t('factor.renew')} close={close}>
      <AskPassword
        says={t('factor.renewSays')}
        does={t('factor.renewDo')}
        isBusy={renew.isPending}
        failure={renew.error}
        close={close}
        confirm={(password) => renew.mutate(password)}
      />
    </SetUpStep>
  );
}
