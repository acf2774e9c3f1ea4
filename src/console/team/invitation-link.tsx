import { useTranslation } from 'react-i18next';
import type { CreatedInvitation } from '../api/team.ts';
import { ShownOnce } from '../parts/shown-once.tsx';

export function InvitationLink({
  invited: { email, link, emailed },
  close,
}: {
  invited: CreatedInvitation;
  close: () => void;
}) {
  const { t } = useTranslation('team');
  return (
    <ShownOnce
      title={t('invite.ready', { email })}
      says={
        <>
          {t(emailed ? 'invite.emailed' : 'invite.notEmailed')} {t('invite.careful')}
        </>
      }
      label={t('invite.link')}
      text={link}
      done={t('invite.done')}
      close={close}
    />
  );
}
